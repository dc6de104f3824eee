import type { IntakeDetail } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import styles from './IntakeText.module.css'

/** An item as it was read, set like a story, with the text that was left out. */
export function IntakeText({ detail }: { detail: IntakeDetail }) {
  const { t } = useMessages()
  const { section, headline, standfirst, byline, dateline, paragraphs, pictures, language, keywords, edNote, leftOut } =
    detail
  return (
    <>
      <article className={styles.article} lang={language ?? undefined} dir="auto">
        {section !== '' && (
          <p className={styles.section} dir="auto">
            {section}
          </p>
        )}
        <h2 className={styles.headline} dir="auto">
          {headline || t('intake.item.no-headline')}
        </h2>
        {standfirst !== '' && (
          <p className={styles.standfirst} dir="auto">
            {standfirst}
          </p>
        )}
        {(byline !== '' || dateline !== '') && (
          <p className={styles.byline} dir="auto">
            {[byline, dateline].filter((line) => line !== '').join(' · ')}
          </p>
        )}
        {pictures.map(({ href, caption, credit }, index) => (
          <figure key={index} className={styles.figure}>
            {/* Never fetched: the editor sees the address and decides. */}
            <p className={styles.address}>{href ?? t('intake.item.picture-not-sent')}</p>
            <figcaption dir="auto">
              {caption} <span className={styles.credit}>{credit}</span>
            </figcaption>
          </figure>
        ))}
        {paragraphs.map((text, index) => (
          <p key={index} dir="auto">
            {text}
          </p>
        ))}
      </article>
      {edNote !== null && (
        <section className={styles.aside}>
          <h3>{t('intake.item.note')}</h3>
          <p dir="auto">{edNote}</p>
        </section>
      )}
      {keywords.length > 0 && (
        <section className={styles.aside}>
          <h3>{t('intake.item.keywords')}</h3>
          <p dir="auto">{keywords.join(', ')}</p>
        </section>
      )}
      {leftOut.length > 0 && (
        <details className={styles.aside} open>
          <summary>{t('intake.item.left-out', { count: leftOut.length })}</summary>
          <ul className={styles.leftOut}>
            {leftOut.map(({ reason, text }, index) => (
              <li key={index}>
                <p className={styles.reason}>{reason}</p>
                <p className={styles.left} dir="auto" tabIndex={0} role="group" aria-label={reason}>
                  {text}
                </p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
