import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react'
import { addPictures, PICTURE_TYPES, pictureFiles, replacePicture } from './figures/add-picture.ts'
import { Figures } from './figures/Figures.tsx'
import { useMessages } from '../messages/use-messages.ts'
import { FieldEditor } from './FieldEditor.tsx'
import { usePage, useSession } from './page-context.tsx'
import styles from './ArticleSheet.module.css'
import { BodyField } from './BodyField.tsx'
import { directionOf } from './text-direction.ts'
import { useMeta } from '../story/use-document.ts'
import { useSteadyPage } from './use-steady-page.ts'

/** The fields of the story as one page, set like a printed article. */
export function ArticleSheet() {
  const { page, pictures, language } = usePage()
  const { t } = useMessages()
  const { doc } = page.session
  const { section } = useMeta(doc)
  const readOnly = useSession((state) => state.readOnly !== null)
  const [dragging, setDragging] = useState(false)
  const scroller = useRef<HTMLDivElement>(null)
  const files = useRef<HTMLInputElement>(null)
  useSteadyPage(page, scroller)

  useEffect(() => page.onChoosePictures(() => files.current?.click()), [page])

  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.stopPropagation()
    event.dataTransfer.dropEffect = readOnly ? 'none' : 'copy'
    setDragging(!readOnly)
  }
  const onDragLeave = (event: DragEvent) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
    setDragging(false)
  }
  /** A file dropped anywhere goes to the page, never to the browser or a field. */
  const onDrop = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    event.stopPropagation()
    setDragging(false)
    if (!readOnly) takePictures(pictureFiles(event.dataTransfer), event.target)
  }
  /** A picture on the clipboard becomes a figure. Copied text that comes with a picture of itself stays text. */
  const onPaste = (event: ClipboardEvent) => {
    const pasted = pictureFiles(event.clipboardData)
    if (readOnly || pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    event.stopPropagation()
    takePictures(pasted, event.target)
  }
  const takePictures = (taken: File[], target: EventTarget) => {
    const figure = target instanceof Element ? target.closest<HTMLElement>('[data-figure]') : null
    const id = figure?.dataset['figure']
    const [first] = taken
    if (id !== undefined && figure?.dataset['empty'] !== undefined && first !== undefined) {
      void replacePicture(page, pictures, id, first)
    } else {
      void addPictures(page, pictures, taken, id)
    }
  }

  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-region="page"
      data-dragging={dragging ? t('editor.drop-picture') : undefined}
      onDragOverCapture={onDragOver}
      onDragLeave={onDragLeave}
      onDropCapture={onDrop}
      onPasteCapture={onPaste}
    >
      <article className={styles.sheet} lang={language} dir={directionOf(language)} aria-label={t('editor.article')}>
        {section !== undefined && <p className={styles.section}>{section}</p>}
        <FieldEditor field="headline" />
        <FieldEditor field="standfirst" />
        <div className={styles.lines}>
          <FieldEditor field="byline" />
          <FieldEditor field="dateline" />
        </div>
        <Figures />
        <BodyField />
        <div
          className={styles.bottom}
          onMouseDown={(event) => {
            event.preventDefault()
            page.focus('body', 'end')
          }}
        />
      </article>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        aria-label={t('editor.add-pictures')}
        accept={PICTURE_TYPES.join(',')}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          void addPictures(page, pictures, chosen)
        }}
      />
    </div>
  )
}
