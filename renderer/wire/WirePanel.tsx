import { useState } from 'react'
import type { Article } from '#shared/article/article.ts'
import type { Delivery, Publication } from '#shared/protocol/http.ts'
import type { Story } from '#shared/story/story.ts'
import { html } from '#shared/wire/formats/html/write.ts'
import { ninjs31 } from '#shared/wire/formats/ninjs31/write.ts'
import { wireItem } from '#shared/wire/from-article.ts'
import { Button } from '../ui/Button.tsx'
import { classes } from '../ui/classes.ts'
import { CheckIcon, CloseIcon, WarningIcon, WireIcon } from '../ui/icons.tsx'
import { ErrorState, Skeleton } from '../ui/States.tsx'
import { longTime, shortTime } from '../ui/time-words.ts'
import { toast } from '../ui/Toasts.tsx'
import { formatOf } from './destination-format.ts'
import type { Publications } from './publications.ts'
import styles from './WirePanel.module.css'

export interface WirePanelProps {
  article: Article
  story: Story
  publications: Publications
  /** The newsroom's name, which the wire item names as its provider. */
  provider: string
}

/** What went out and where it arrived, and what the story would look like on the wire now. */
export function WirePanel({ article, story, publications, provider }: WirePanelProps) {
  return (
    <div className={styles.panel}>
      <section aria-labelledby="publications-title">
        <h3 id="publications-title" className={styles.heading}>
          Publications
        </h3>
        <PublicationList publications={publications} />
      </section>
      <section aria-labelledby="preview-title">
        <h3 id="preview-title" className={styles.heading}>
          As it would go out now
        </h3>
        <Preview article={article} story={story} provider={provider} />
      </section>
    </div>
  )
}

function PublicationList({ publications: { list, error, reload } }: { publications: Publications }) {
  if (list === null) {
    if (error === null) return <Skeleton lines={[50, 90]} label="Loading publications" />
    return (
      <ErrorState title="Not known" action={<Button onClick={reload}>Try again</Button>}>
        {error}
      </ErrorState>
    )
  }
  if (list.length === 0) return <p className={styles.none}>Nothing of this story is on the wire yet.</p>
  return (
    <ol className={styles.publications}>
      {list.map((publication) => (
        <PublicationItem key={publication.id} publication={publication} />
      ))}
    </ol>
  )
}

function PublicationItem({ publication }: { publication: Publication }) {
  const at = new Date(publication.publishedAt)
  return (
    <li className={styles.publication}>
      <p className={styles.version}>
        <span>
          Version {publication.version}, {publication.kind}
        </span>
        <time dateTime={publication.publishedAt} title={longTime(at)}>
          {shortTime(at)}
        </time>
      </p>
      <p className={styles.headline} dir="auto">
        {publication.headline}
      </p>
      <p className={styles.by}>{publication.publishedBy.name}</p>
      <ul className={styles.deliveries}>
        {publication.deliveries.map((delivery) => (
          <DeliveryItem key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </li>
  )
}

function statusWords({ status, attempts }: Delivery): string {
  if (status === 'sent') return 'Sent'
  if (status === 'queued') return 'On its way'
  if (status === 'skipped') return 'Skipped'
  if (status === 'dead') return attempts === 1 ? 'Failed, and given up' : `Failed ${attempts} times, and given up`
  return attempts === 1 ? 'Failed, will be tried again' : `Failed ${attempts} times, will be tried again`
}

function DeliveryItem({ delivery }: { delivery: Delivery }) {
  const Icon = {
    sent: CheckIcon,
    CloseIcon,
    queued: WireIcon,
    failed: WarningIcon,
    dead: WarningIcon,
    skipped: CloseIcon,
  }[delivery.status]
  return (
    <li className={classes(styles.delivery, styles[delivery.status])}>
      <Icon size={14} />
      <div className={styles.deliveryWords}>
        <p>
          <span className={styles.destination}>{delivery.destination.name}</span> {formatOf(delivery.destination)}
        </p>
        <p className={styles.status}>{statusWords(delivery)}</p>
        {delivery.detail !== null && <p className={styles.detail}>{delivery.detail}</p>}
      </div>
    </li>
  )
}

const PREVIEWS = [ninjs31, html]

function Preview({ article, story, provider }: { article: Article; story: Story; provider: string }) {
  const [chosen, setChosen] = useState(ninjs31)
  const { text } = chosen.write(itemNow(article, story, provider))
  return (
    <>
      <div className={styles.formats} role="group" aria-label="Format">
        {PREVIEWS.map((format) => (
          <button
            key={format.name}
            type="button"
            className={styles.format}
            aria-pressed={format === chosen}
            onClick={() => setChosen(format)}
          >
            {format.label}
          </button>
        ))}
        <Button
          variant="quiet"
          size="s"
          className={styles.copy}
          onClick={() => {
            navigator.clipboard.writeText(text).then(
              () => toast({ kind: 'done', title: 'Copied' }),
              () => toast({ kind: 'problem', title: 'Not copied', text: 'The clipboard cannot be used here.' }),
            )
          }}
        >
          Copy
        </Button>
      </div>
      <pre className={styles.preview} tabIndex={0} role="region" aria-label={`Preview as ${chosen.label}`}>
        {text}
      </pre>
    </>
  )
}

/** The wire item that publishing now would make; its times are those of the last change, so that it stands still. */
function itemNow(article: Article, story: Story, provider: string) {
  return wireItem(article, {
    storyId: story.id,
    slug: article.meta.slug ?? story.slug,
    language: article.meta.language ?? story.language,
    version: (story.publishedVersion ?? 0) + 1,
    kind: story.publishedVersion === null ? 'new' : 'update',
    firstPublished: story.publishedAt ?? story.changedAt,
    versionCreated: story.changedAt,
    provider,
  })
}
