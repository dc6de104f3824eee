/** What the window itself adds: the palette, the panes, the person's session. */
import { THEMES } from '../ui/theme.ts'
import { dialog } from '../window/dialogs.tsx'
import type { Feature } from '../window/feature.ts'
import { focusRegion } from '../window/regions.ts'
import { KEYBOARD_DIALOG, PALETTE_DIALOG, SIGN_OUT_DIALOG } from './app-dialogs.ts'
import { KeyboardHelp } from './KeyboardHelp.tsx'
import { Palette } from './Palette.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'

export const appFeature: Feature = {
  commands: ({ window: { window, dialogs, layout, theme }, t }) => [
    {
      id: 'go.next-region',
      label: t('app.command.next-pane'),
      group: 'Go',
      shortcuts: ['F6'],
      run: () => focusRegion(window.document, 1),
    },
    {
      id: 'go.previous-region',
      label: t('app.command.previous-pane'),
      group: 'Go',
      shortcuts: ['Shift-F6'],
      run: () => focusRegion(window.document, -1),
    },
    {
      id: 'view.palette',
      label: t('app.command.palette'),
      group: 'View',
      shortcuts: ['Mod-Shift-P'],
      hidden: true,
      run: () => dialogs.open(PALETTE_DIALOG, undefined),
    },
    {
      id: 'view.queue',
      label: t('app.command.show-queue'),
      group: 'View',
      shortcuts: ['Mod-Shift-D'],
      run: () => layout.getState().toggle('queue'),
    },
    {
      id: 'view.inspector',
      label: t('app.command.show-inspector'),
      group: 'View',
      shortcuts: ['Mod-Shift-E'],
      run: () => layout.getState().toggle('inspector'),
    },
    ...THEMES.map((each) => ({
      id: `view.theme-${each}`,
      label: t('app.appearance-of', { theme: each }),
      group: 'View' as const,
      run: () => theme.getState().choose(each),
    })),
    {
      id: 'newsroom.sign-out',
      label: t('app.command.sign-out'),
      group: 'Newsroom',
      run: () => dialogs.open(SIGN_OUT_DIALOG, undefined),
    },
    {
      id: 'help.shortcuts',
      label: t('app.keyboard-shortcuts'),
      group: 'Help',
      shortcuts: ['F1'],
      run: () => dialogs.open(KEYBOARD_DIALOG, undefined),
    },
  ],
  dialogs: [
    dialog(PALETTE_DIALOG, Palette),
    dialog(KEYBOARD_DIALOG, KeyboardHelp),
    dialog(SIGN_OUT_DIALOG, SignOutDialog),
  ],
}
