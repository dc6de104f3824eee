/** The dialogs that a story's actions open. The wire has them. */
import { dialogKey } from '../../window/dialogs.tsx'

export const PUBLISH_DIALOG = dialogKey<{ kind: 'update' | 'correction' }>('publish')
export const KILL_DIALOG = dialogKey('kill')
