import type { SaveState } from '../../collaboration/story-session.ts'

/** The only three save states that Galley shows. */
export function saveWords(save: SaveState): string {
  switch (save.kind) {
    case 'computer':
      return 'Saved on this computer'
    case 'newsroom':
      return 'Saved to the newsroom'
    case 'offline':
      return `Offline, ${save.waiting} ${save.waiting === 1 ? 'change' : 'changes'} waiting`
  }
}
