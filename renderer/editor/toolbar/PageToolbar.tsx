import { useEditorState } from '@tiptap/react'
import { Toolbar } from 'radix-ui'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { IconButton } from '../../ui/Button.tsx'
import {
  BoldIcon,
  BulletListIcon,
  ItalicIcon,
  InfoIcon,
  LinkIcon,
  OrderedListIcon,
  PictureIcon,
  QuoteIcon,
  RedoIcon,
  SearchIcon,
  SubheadIcon,
  UndoIcon,
} from '../../ui/icons.tsx'
import {
  ADD_FIGURE,
  BOLD,
  BULLETS,
  FIND,
  ITALIC,
  LINK,
  NUMBERS,
  type PageCommand,
  QUOTE,
  REDO,
  SUBHEAD,
  UNDO,
} from '../page-commands.ts'
import { useEditorOf, usePage, usePageState, useSession } from '../page-context.tsx'
import styles from './PageToolbar.module.css'

/**
 * The toolbar above the page: all commands of the body, reachable by keyboard. On a read-only page it says why instead.
 */
export function PageToolbar() {
  const { t, say } = useMessages()
  const readOnly = useSession((state) => state.readOnly)
  const partly = useSession((state) => state.writable.length > 0)
  return (
    <div className={styles.row} data-read-only={readOnly !== null || undefined} data-region="tools">
      {/* Always rendered, so that screen readers announce it when the page becomes read-only. */}
      <p className={styles.reason} role="status">
        {readOnly !== null && (
          <>
            <InfoIcon size={14} />
            <span>
              <strong>{t(partly ? 'editor.partly-read-only' : 'editor.read-only')}</strong> {say(readOnly)}
            </span>
          </>
        )}
      </p>
      <Toolbar.Root className={styles.toolbar} aria-label={t('editor.toolbar')}>
        {readOnly === null && (
          <>
            <Formatting />
            <Toolbar.Separator className={styles.rule} />
            <Tool command={ADD_FIGURE} icon={<PictureIcon />} />
            <Toolbar.Separator className={styles.rule} />
            <UndoTools />
          </>
        )}
        <span className={styles.space} />
        <Tool command={FIND} icon={<SearchIcon />} />
      </Toolbar.Root>
    </div>
  )
}

/** The same buttons appear in the menu over a selection. */
export function Formatting() {
  return (
    <>
      <BodyTool command={BOLD} icon={<BoldIcon />} />
      <BodyTool command={ITALIC} icon={<ItalicIcon />} />
      <BodyTool command={LINK} icon={<LinkIcon />} />
      <Toolbar.Separator className={styles.rule} />
      <BodyTool command={SUBHEAD} icon={<SubheadIcon />} />
      <BodyTool command={QUOTE} icon={<QuoteIcon />} />
      <BodyTool command={BULLETS} icon={<BulletListIcon />} />
      <BodyTool command={NUMBERS} icon={<OrderedListIcon />} />
    </>
  )
}

function BodyTool({ command, icon }: { command: PageCommand; icon: ReactNode }) {
  const inBody = usePageState((state) => state.field === 'body')
  const active =
    useEditorState({
      editor: useEditorOf('body'),
      selector: ({ editor }) => editor !== null && command.active?.(editor) === true,
    }) ?? false
  return <Tool command={command} icon={icon} disabled={!inBody} pressed={inBody && active} />
}

function UndoTools() {
  const { undo } = usePage().page
  const can = useSyncExternalStore(
    (changed) => undo.subscribe(changed),
    () => `${undo.canUndo()} ${undo.canRedo()}`,
  )
  return (
    <>
      <Tool command={UNDO} icon={<UndoIcon />} disabled={!can.startsWith('true')} />
      <Tool command={REDO} icon={<RedoIcon />} disabled={!can.endsWith('true')} />
    </>
  )
}

interface ToolProps {
  command: PageCommand
  icon: ReactNode
  disabled?: boolean
  pressed?: boolean
}

function Tool({ command, icon, disabled = false, pressed }: ToolProps) {
  const { page } = usePage()
  const { t } = useMessages()
  return (
    <Toolbar.Button asChild>
      <IconButton
        label={t(command.label).replace('…', '')}
        shortcut={command.shortcuts?.[0]}
        size="s"
        className={styles.tool}
        aria-disabled={disabled}
        {...(pressed === undefined ? {} : { pressed })}
        // Keep the caret in the text while the pointer is pressed.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => {
          if (!disabled) command.run(page)
        }}
      >
        {icon}
      </IconButton>
    </Toolbar.Button>
  )
}
