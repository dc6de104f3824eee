import type { Messages } from '#shared/messages/messages.ts'
import type { Article } from '#shared/article/article.ts'
import type { StorySource } from '#shared/protocol/http.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import type { Answer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Checkbox, Choices, TextArea } from '../../ui/Field.tsx'
import { Column, Columns } from '../../ui/Columns.tsx'
import { Facts } from '../../ui/Facts.tsx'
import type { ItemStory } from '../item-now.ts'
import { emptyMoment } from './moment-draft.ts'
import { MomentFields } from './MomentFields.tsx'
import type { PublishDraft, PublishPlan } from './publish-draft.ts'
import styles from './PublishForm.module.css'
import { SourceTerms } from './SourceTerms.tsx'
import type { Way } from './where-it-goes.ts'
import { WhereItGoes } from './WhereItGoes.tsx'

export interface PublishFormProps {
  article: Article
  story: ItemStory
  draft: PublishDraft
  onDraft: (draft: PublishDraft) => void
  plan: PublishPlan
  /** The story's source; null for a story written here. */
  source: StorySource | null
  /** True to show what is missing. */
  strict: boolean
  now: number
  ways: Answer<readonly Way[]>
}

/** On one side the story and its destinations; on the other kind, time and terms. */
export function PublishForm({ article, story, draft, onDraft, plan, source, strict, now, ways }: PublishFormProps) {
  const { t, say } = useMessages()
  const out = story.publishedVersion !== null
  const { problems } = plan
  const set = (patch: Partial<PublishDraft>) => onDraft({ ...draft, ...patch })
  const sender = source?.newest.source?.name
  const embargoed = source?.newest.embargo != null && Date.parse(source.newest.embargo) > now
  const withheld = source?.newest.withheld === true
  const correction = out && draft.kind === 'correction'
  const hint = (restriction: 'embargo' | 'hold', fromSource: boolean) => {
    if (!fromSource) return t(`wire.publish.${restriction}-hint`)
    return sender === undefined
      ? t(`wire.publish.${restriction}-hint-unnamed-source`)
      : t(`wire.publish.${restriction}-hint-source`, { source: sender })
  }

  return (
    <Columns>
      <Column>
        <p className={styles.headline} dir="auto" lang={article.meta.language ?? story.language}>
          {plainText(article.headline)}
        </p>
        <Facts>
          <dt>{t('wire.publish.version')}</dt>
          <dd>{versionWords(story.publishedVersion, correction, t)}</dd>
          <dt>{t('wire.publish.slug')}</dt>
          <dd dir="auto">{article.meta.slug ?? story.slug}</dd>
          <dt>{t('wire.publish.length')}</dt>
          <dd>
            {article.figures.length === 0
              ? t('wire.publish.words', { words: articleWords(article) })
              : t('wire.publish.words-and-pictures', {
                  words: articleWords(article),
                  pictures: article.figures.length,
                })}
          </dd>
          <dt>{t('wire.publish.destinations')}</dt>
          <dd>
            <WhereItGoes ways={ways} except={draft.except} onExcept={(except) => set({ except })} />
          </dd>
        </Facts>
        {source !== null && <SourceTerms source={source} draft={draft} onDraft={onDraft} plan={plan} now={now} />}
      </Column>
      <Column>
        {out && (
          <Choices
            label={t('wire.publish.kind')}
            value={draft.kind}
            options={[
              { value: 'update', label: t('wire.publish.kind.update'), hint: t('wire.publish.kind.update-hint') },
              {
                value: 'correction',
                label: t('wire.publish.kind.correction'),
                hint: t('wire.publish.kind.correction-hint'),
              },
            ]}
            onChoose={(kind) => set({ kind })}
          />
        )}
        <TextArea
          label={correction ? t('wire.publish.correction-note') : t('wire.publish.note')}
          value={draft.note}
          dir="auto"
          placeholder={correction ? t('wire.publish.correction-note-example') : undefined}
          error={problems.note !== undefined && (strict || draft.note !== '') ? say(problems.note) : null}
          onChange={(event) => set({ note: event.target.value })}
        />
        <Choices
          label={t('wire.publish.when')}
          value={draft.at === null ? 'now' : 'then'}
          options={[
            { value: 'now', label: t('wire.publish.when.now') },
            {
              value: 'then',
              label: t('wire.publish.when.schedule'),
              ...(draft.at !== null && { hint: t('wire.publish.when.schedule-hint') }),
            },
          ]}
          onChoose={(when) => set({ at: when === 'now' ? null : (draft.at ?? emptyMoment()) })}
        />
        {draft.at !== null && (
          <MomentFields
            label={t('wire.publish.publication-time')}
            draft={draft.at}
            onChange={(at) => set({ at })}
            strict={strict}
            now={now}
          />
        )}
        <fieldset className={styles.terms}>
          <legend>{t('wire.publish.restrictions')}</legend>
          <Checkbox
            label={t('wire.publish.embargo')}
            hint={hint('embargo', embargoed)}
            checked={draft.embargo !== null}
            onChange={(event) => set({ embargo: event.target.checked ? emptyMoment() : null })}
          />
          {draft.embargo !== null && (
            <MomentFields
              label={t('wire.publish.embargo-until')}
              draft={draft.embargo}
              onChange={(embargo) => set({ embargo })}
              strict={strict}
              now={now}
              problem={problems.embargo ?? null}
            />
          )}
          <Checkbox
            label={t('wire.publish.hold')}
            hint={hint('hold', withheld)}
            checked={draft.withheld}
            onChange={(event) => set({ withheld: event.target.checked })}
          />
        </fieldset>
      </Column>
    </Columns>
  )
}

function versionWords(published: number | null, correction: boolean, t: Messages['t']): string {
  if (published === null) return t('wire.publish.version-new', { version: 1 })
  const versions = { version: published + 1, published }
  return correction ? t('wire.publish.version-correction', versions) : t('wire.publish.version-update', versions)
}
