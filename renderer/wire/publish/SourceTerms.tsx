import type { SourceTerm, StorySource } from '#shared/protocol/http.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Checkbox } from '../../ui/Field.tsx'
import { Notice } from '../../ui/States.tsx'
import { SourceFacts } from '../../story/source/SourceFacts.tsx'
import { liftWords, sourceWarnings } from '../../story/source/source-words.ts'
import type { PublishDraft, PublishPlan } from './publish-draft.ts'
import styles from './SourceTerms.module.css'

export interface SourceTermsProps {
  source: StorySource
  draft: PublishDraft
  onDraft: (draft: PublishDraft) => void
  plan: PublishPlan
  now: number
}

/** The source's terms, and checkboxes to confirm that broken ones were lifted. */
export function SourceTerms({ source, draft, onDraft, plan, now }: SourceTermsProps) {
  const messages = useMessages()
  const { t } = messages
  const lift = (term: SourceTerm, lifted: boolean) => {
    const terms = new Set(draft.lifted)
    if (lifted) terms.add(term)
    else terms.delete(term)
    onDraft({ ...draft, lifted: terms })
  }
  return (
    <section className={styles.terms} aria-labelledby="source-terms-title">
      <h3 id="source-terms-title" className={styles.title}>
        {t('wire.publish.source-terms')}
      </h3>
      <SourceFacts source={source} />
      {sourceWarnings(messages, source, now)
        // Terms that the story keeps are shown beside its own.
        .filter(({ term }) => term === undefined || plan.broken.includes(term))
        .map(({ text, grave }) => (
          <Notice key={text} kind={grave ? 'danger' : 'warn'}>
            {text}
          </Notice>
        ))}
      {plan.broken.map((term) => (
        <Checkbox
          key={term}
          label={liftWords(messages, source.newest, term)}
          hint={t('wire.publish.source-terms-recorded')}
          checked={draft.lifted.has(term)}
          onChange={(event) => lift(term, event.target.checked)}
        />
      ))}
    </section>
  )
}
