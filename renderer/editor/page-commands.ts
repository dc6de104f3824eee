/** The commands of the page, by id. Toolbar, menus, palette and shortcuts all run these. */
import type { Editor } from '@tiptap/core'
// The nodes and marks that these commands name are in the body's schema; its types add the editor commands.
import type {} from '@tiptap/extension-blockquote'
import type {} from '@tiptap/extension-bold'
import type {} from '@tiptap/extension-heading'
import type {} from '@tiptap/extension-italic'
import type {} from '@tiptap/extension-link'
import type {} from '@tiptap/extension-list'
import type { MessageId } from '#shared/messages/message.ts'
import type { CommandGroup } from '../commands/commands.ts'
import { copyStory } from './copy-story.ts'
import type { StoryPageModel } from './story-page-model.ts'

export interface PageCommand {
  id: string
  label: MessageId
  group: CommandGroup
  /** In the notation of `renderer/commands/shortcut.ts`. The first one is shown. */
  shortcuts?: readonly string[]
  run: (page: StoryPageModel) => void
  /** Returns whether the command can run now; default: always. */
  enabled?: (page: StoryPageModel) => boolean
  /** Returns whether a toggle is on at the caret. */
  active?: (editor: Editor) => boolean
}

const writable = (page: StoryPageModel): boolean => page.session.state.getState().readOnly === null
/** Undo steps cover only what may still be written; all others are forgotten. */
const partlyWritable = (page: StoryPageModel): boolean =>
  writable(page) || page.session.state.getState().writable.length > 0
/** Formatting applies to the body, while the body has the caret or had it last. */
const inBody = (page: StoryPageModel): boolean => writable(page) && page.state.getState().field === 'body'

/**
 * Returns whether one of the tool's own inputs (find, a link's address) has the caret. The browser handles undo there.
 */
const inOwnInput = (): boolean => document.activeElement?.matches('input, textarea') === true

type Chain = ReturnType<Editor['chain']>

function formatting(run: (chain: Chain) => Chain): Pick<PageCommand, 'run' | 'enabled'> {
  return {
    enabled: inBody,
    run(page) {
      const body = inBody(page) ? page.editor('body') : null
      if (body === null) return
      body.view.focus()
      run(body.chain()).run()
    },
  }
}

export const BOLD: PageCommand = {
  id: 'format.bold',
  label: 'editor.command.bold',
  group: 'Edit',
  shortcuts: ['Mod-B'],
  ...formatting((chain) => chain.toggleBold()),
  active: (editor) => editor.isActive('bold'),
}
export const ITALIC: PageCommand = {
  id: 'format.italic',
  label: 'editor.command.italic',
  group: 'Edit',
  shortcuts: ['Mod-I'],
  ...formatting((chain) => chain.toggleItalic()),
  active: (editor) => editor.isActive('italic'),
}
export const LINK: PageCommand = {
  id: 'format.link',
  label: 'editor.command.link',
  group: 'Edit',
  shortcuts: ['Mod-K'],
  enabled: inBody,
  run(page) {
    if (inBody(page)) page.state.setState({ linkForm: true })
  },
  active: (editor) => editor.isActive('link'),
}
export const SUBHEAD: PageCommand = {
  id: 'format.subhead',
  label: 'editor.command.subhead',
  group: 'Edit',
  shortcuts: ['Mod-Alt-2'],
  ...formatting((chain) => chain.toggleHeading({ level: 2 })),
  active: (editor) => editor.isActive('heading', { level: 2 }),
}
export const MINOR_SUBHEAD: PageCommand = {
  id: 'format.minor-subhead',
  label: 'editor.command.minor-subhead',
  group: 'Edit',
  shortcuts: ['Mod-Alt-3'],
  ...formatting((chain) => chain.toggleHeading({ level: 3 })),
  active: (editor) => editor.isActive('heading', { level: 3 }),
}
export const QUOTE: PageCommand = {
  id: 'format.quote',
  label: 'editor.command.quote',
  group: 'Edit',
  shortcuts: ['Mod-Shift-B'],
  ...formatting((chain) => chain.toggleBlockquote()),
  active: (editor) => editor.isActive('blockquote'),
}
export const BULLETS: PageCommand = {
  id: 'format.bullets',
  label: 'editor.command.bullets',
  group: 'Edit',
  shortcuts: ['Mod-Shift-8'],
  ...formatting((chain) => chain.toggleBulletList()),
  active: (editor) => editor.isActive('bulletList'),
}
export const NUMBERS: PageCommand = {
  id: 'format.numbers',
  label: 'editor.command.numbers',
  group: 'Edit',
  shortcuts: ['Mod-Shift-7'],
  ...formatting((chain) => chain.toggleOrderedList()),
  active: (editor) => editor.isActive('orderedList'),
}
export const PLAIN: PageCommand = {
  id: 'format.plain',
  label: 'editor.command.clear',
  group: 'Edit',
  shortcuts: ['Mod-\\'],
  ...formatting((chain) => chain.unsetAllMarks().clearNodes()),
}
export const UNDO: PageCommand = {
  id: 'edit.undo',
  label: 'editor.command.undo',
  group: 'Edit',
  shortcuts: ['Mod-Z'],
  enabled: (page) => partlyWritable(page) && !inOwnInput() && page.undo.canUndo(),
  run: (page) => page.undo.undo(),
}
export const REDO: PageCommand = {
  id: 'edit.redo',
  label: 'editor.command.redo',
  group: 'Edit',
  shortcuts: ['Mod-Shift-Z', 'Mod-Y'],
  enabled: (page) => partlyWritable(page) && !inOwnInput() && page.undo.canRedo(),
  run: (page) => page.undo.redo(),
}
export const ADD_FIGURE: PageCommand = {
  id: 'insert.figure',
  label: 'editor.command.add-picture',
  group: 'Edit',
  shortcuts: ['Mod-Alt-P'],
  enabled: writable,
  run: (page) => page.choosePictures(),
}
export const FIND: PageCommand = {
  id: 'edit.find',
  label: 'editor.command.find',
  group: 'Edit',
  shortcuts: ['Mod-F'],
  run: (page) => page.openFind('find'),
}
export const REPLACE: PageCommand = {
  id: 'edit.replace',
  label: 'editor.command.replace',
  group: 'Edit',
  shortcuts: ['Mod-Alt-F'],
  enabled: writable,
  run: (page) => page.openFind('replace'),
}
export const COPY_STORY: PageCommand = {
  id: 'story.copy',
  label: 'editor.command.copy',
  group: 'Story',
  run: (page) => {
    copyStory(page).then(
      () => page.say(({ t }) => t('editor.copied')),
      () => page.say(({ t }) => t('editor.not-copied')),
    )
  },
}
/** Everything is saved as it is typed; those who press it out of habit are told so. */
export const SAVE: PageCommand = {
  id: 'story.save',
  label: 'editor.command.save',
  group: 'Story',
  shortcuts: ['Mod-S'],
  run(page) {
    const { kind } = page.session.state.getState().save
    page.say(({ t }) => t(`editor.saved.${kind}`))
  },
}
export const PRINT: PageCommand = {
  id: 'story.print',
  label: 'editor.command.print',
  group: 'Story',
  shortcuts: ['Mod-P'],
  run: () => window.print(),
}

export const PAGE_COMMANDS: readonly PageCommand[] = [
  BOLD,
  ITALIC,
  LINK,
  SUBHEAD,
  MINOR_SUBHEAD,
  QUOTE,
  BULLETS,
  NUMBERS,
  PLAIN,
  ADD_FIGURE,
  UNDO,
  REDO,
  FIND,
  REPLACE,
  SAVE,
  COPY_STORY,
  PRINT,
]
