import { dialogKey } from '../window/dialogs.tsx'

export const PALETTE_DIALOG = dialogKey('palette')
export const KEYBOARD_DIALOG = dialogKey('keyboard')
export const SIGN_OUT_DIALOG = dialogKey('sign-out')
