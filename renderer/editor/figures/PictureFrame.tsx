import { useState } from 'react'
import type { Picture } from '#shared/article/article.ts'
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
  if (picture === null) {
    return (
      <div className={styles.empty}>
        <PictureIcon size={24} />
        {onChoose === null ? 'No picture yet' : <Button onClick={onChoose}>Choose a picture</Button>}
      </div>
    )
  }
  return <KeptPicture key={picture.mediaId} picture={picture} name={name} />
}

function KeptPicture({ picture, name }: { picture: Picture; name: string }) {
  const { pictures } = usePage()
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
          <span>
            “{picture.name}”{' '}
            {broken ? 'cannot be shown here.' : 'is not on this computer, and the newsroom cannot be asked for it now.'}
          </span>
        </p>
      )}
      <SendingNote mediaId={picture.mediaId} />
    </div>
  )
}

/** Shown over the foot of the picture until the newsroom has it. */
function SendingNote({ mediaId }: { mediaId: string }) {
  const { pictures } = usePage()
  const sending = useSending(pictures, mediaId)
  const online = useSession((state) => state.connection === 'online')
  switch (sending.kind) {
    case 'sent':
      return null
    case 'waiting':
      return (
        <p className={styles.note} role="status">
          {online && <span className={styles.progress} />}
          {online ? 'Sending to the newsroom' : 'On this computer, to be sent when you are online'}
        </p>
      )
    case 'refused':
      return (
        <p className={styles.note} role="alert" data-refused>
          <WarningIcon />
          <span className={styles.reason}>{sending.reason}</span>
          <Button size="s" onClick={sending.sendAgain}>
            Send again
          </Button>
        </p>
      )
  }
}
