import { useState } from 'react'
import type { Picture } from '#shared/article/article.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button } from '../../ui/Button.tsx'
import { PictureIcon, WarningIcon } from '../../ui/icons.tsx'
import { usePage, useSession } from '../page-context.tsx'
import styles from './PictureFrame.module.css'
import { usePictureAddress, useSending } from './picture-store.ts'

export interface PictureFrameProps {
  picture: Picture | null
  /** "Picture 2 of 3": its name while it has no alt text. */
  name: string
  /** Chooses a picture for the frame; null if the page is read-only. */
  onChoose: (() => void) | null
}

/**
 * The picture, in a box of its final size from the start, so that nothing moves when it loads. Small pictures are never
 * enlarged, and tall ones fit the window.
 */
export function PictureFrame({ picture, name, onChoose }: PictureFrameProps) {
  const { t } = useMessages()
  if (picture === null) {
    return (
      <div className={styles.empty}>
        <PictureIcon size={24} />
        {onChoose === null ? (
          t('editor.picture.none')
        ) : (
          <Button onClick={onChoose}>{t('editor.picture.choose')}</Button>
        )}
      </div>
    )
  }
  return <KeptPicture key={picture.mediaId} picture={picture} name={name} />
}

function KeptPicture({ picture, name }: { picture: Picture; name: string }) {
  const { pictures } = usePage()
  const { t } = useMessages()
  const connection = useSession((state) => state.connection)
  const address = usePictureAddress(pictures, picture.mediaId, connection)
  const [broken, setBroken] = useState(false)
  const { width, height } = picture
  return (
    <div
      className={styles.picture}
      style={{ '--width': `${width}px`, '--ratio': width / height, aspectRatio: `${width} / ${height}` }}
    >
      {address !== null && address !== 'missing' && !broken && (
        <img
          src={address.url}
          alt={picture.alt === '' ? name : picture.alt}
          width={width}
          height={height}
          draggable={false}
          onError={() => setBroken(true)}
        />
      )}
      {(address === 'missing' || broken) && (
        <p className={styles.missing}>
          <PictureIcon size={24} />
          <span>{t(broken ? 'editor.picture.broken' : 'editor.picture.missing', { name: picture.name })}</span>
        </p>
      )}
      <SendingNote mediaId={picture.mediaId} />
    </div>
  )
}

/** Shown over the foot of the picture until the newsroom has it. */
function SendingNote({ mediaId }: { mediaId: string }) {
  const { say } = useMessages()
  const { pictures } = usePage()
  const { t } = useMessages()
  const sending = useSending(pictures, mediaId)
  const online = useSession((state) => state.connection === 'online')
  switch (sending.kind) {
    case 'sent':
      return null
    case 'waiting':
      return (
        <p className={styles.note} role="status">
          {online && <span className={styles.progress} />}
          {t(online ? 'editor.picture.sending' : 'editor.picture.waiting')}
        </p>
      )
    case 'refused':
      return (
        <p className={styles.note} role="alert" data-refused>
          <WarningIcon />
          <span className={styles.reason}>{say(sending.reason)}</span>
          <Button size="s" onClick={sending.sendAgain}>
            {t('editor.picture.send-again')}
          </Button>
        </p>
      )
  }
}
