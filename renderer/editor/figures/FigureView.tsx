import { useRef } from 'react'
import { moveFigure } from '#shared/article/document.ts'
import { figureFieldId } from '#shared/article/fields.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { IconButton } from '../../ui/Button.tsx'
import { ArrowDownIcon, ArrowUpIcon, MoreIcon, PictureIcon, TrashIcon } from '../../ui/icons.tsx'
import { Menu, MenuItem, MenuRule } from '../../ui/Menu.tsx'
import { FieldEditor } from '../FieldEditor.tsx'
import { usePage, useSession } from '../page-context.tsx'
import { usePicture } from '../../story/use-document.ts'
import { PICTURE_TYPES, replacePicture } from './add-picture.ts'
import { Description } from './Description.tsx'
import styles from './FigureView.module.css'
import { takeFigure } from './figure-edits.ts'
import { PictureFrame } from './PictureFrame.tsx'

export interface FigureViewProps {
  id: string
  /** Its index among the story's figures. */
  index: number
  count: number
}

/** A picture with its caption, credit and tools. */
export function FigureView({ id, index, count }: FigureViewProps) {
  const { page, pictures } = usePage()
  const { t } = useMessages()
  const readOnly = useSession((state) => state.readOnly !== null)
  const picture = usePicture(page.session.doc, id)
  const file = useRef<HTMLInputElement>(null)
  const name = count > 1 ? t('editor.picture.numbered', { number: index + 1, count }) : t('editor.picture')
  const choose = () => file.current?.click()

  return (
    <figure className={styles.figure} aria-label={name} data-figure={id} data-empty={picture === null || undefined}>
      <div className={styles.frame}>
        <PictureFrame picture={picture} name={name} onChoose={readOnly ? null : choose} />
        {!readOnly && (
          <div className={styles.tools}>
            {picture !== null && <Description figureId={id} picture={picture} />}
            <span className={styles.gap} />
            <Menu
              align="end"
              trigger={
                <IconButton label={t('editor.picture.options', { picture: name })} className={styles.tool}>
                  <MoreIcon />
                </IconButton>
              }
            >
              <MenuItem icon={<PictureIcon />} onSelect={choose}>
                {t(picture === null ? 'editor.picture.choose-file' : 'editor.picture.replace')}
              </MenuItem>
              {count > 1 && (
                <>
                  <MenuItem
                    icon={<ArrowUpIcon />}
                    disabled={index === 0}
                    onSelect={() => moveFigure(page.session.doc, id, index - 1)}
                  >
                    {t('editor.picture.move-up')}
                  </MenuItem>
                  <MenuItem
                    icon={<ArrowDownIcon />}
                    disabled={index === count - 1}
                    onSelect={() => moveFigure(page.session.doc, id, index + 1)}
                  >
                    {t('editor.picture.move-down')}
                  </MenuItem>
                </>
              )}
              <MenuRule />
              <MenuItem danger icon={<TrashIcon />} onSelect={() => takeFigure(page, id)}>
                {t('editor.picture.remove')}
              </MenuItem>
            </Menu>
            <input
              ref={file}
              type="file"
              hidden
              accept={PICTURE_TYPES.join(',')}
              onChange={(event) => {
                const chosen = event.target.files?.[0]
                event.target.value = ''
                if (chosen !== undefined) void replacePicture(page, pictures, id, chosen)
              }}
            />
          </div>
        )}
      </div>
      <figcaption className={styles.words}>
        <FieldEditor field={figureFieldId('caption', id)} />
        <FieldEditor field={figureFieldId('credit', id)} />
      </figcaption>
    </figure>
  )
}
