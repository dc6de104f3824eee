import type { Article } from '#shared/article/article.ts'
import type { StorySource } from '#shared/protocol/http.ts'
import { articleWords, plainText } from '#shared/article/text.ts'
import type { Answer } from '../../api/use-answer.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Checkbox, Choices, TextArea } from '../../ui/Field.tsx'
import { Column, Columns } from '../../ui/Columns.tsx'
import { Facts } from '../../ui/Facts.tsx'
import type { ItemStory } from '../item-now.ts'
import { senderOf } from '../../story/source/source-words.ts'
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

const number = new Intl.NumberFormat('en')

/** On one side the story and its destinations; on the other kind, time and terms. */
export function PublishForm({ article, story, draft, onDraft, plan, source, strict, now, ways }: PublishFormProps) {
  const messages = useMessages()
  const out = story.publishedVersion !== null
  const { problems } = plan
  const set = (patch: Partial<PublishDraft>) => onDraft({ ...draft, ...patch })
  const who = source === null ? '' : senderOf(messages, source.newest)
  const embargoed = source?.newest.embargo != null && Date.parse(source.newest.embargo) > now
  const withheld = source?.newest.withheld === true
  const correction = out && draft.kind === 'correction'

  return (
    <Columns>
      <Column>
        <p className={styles.headline} dir="auto" lang={article.meta.language ?? story.language}>
          {plainText(article.headline)}
        </p>
        <Facts>
          <dt>Version</dt>
          <dd>{versionWords(story.publishedVersion, correction)}</dd>
          <dt>Slug</dt>
          <dd dir="auto">{article.meta.slug ?? story.slug}</dd>
          <dt>Length</dt>
          <dd>
            {number.format(articleWords(article))} words
            {article.figures.length > 0 &&
              `, ${article.figures.length} ${article.figures.length === 1 ? 'picture' : 'pictures'}`}
          </dd>
          <dt>Goes to</dt>
          <dd>
            <WhereItGoes ways={ways} except={draft.except} onExcept={(except) => set({ except })} />
          </dd>
        </Facts>
        {source !== null && <SourceTerms source={source} draft={draft} onDraft={onDraft} plan={plan} now={now} />}
      </Column>
      <Column>
        {out && (
          <Choices
            label="As"
            value={draft.kind}
            options={[
              { value: 'update', label: 'An update', hint: 'More, or newer, than what is out.' },
              { value: 'correction', label: 'A correction', hint: 'What is out is wrong.' },
            ]}
            onChoose={(kind) => set({ kind })}
          />
        )}
        <TextArea
          label={correction ? 'Editor’s note, which readers see' : 'Note to editors (not needed)'}
          value={draft.note}
          dir="auto"
          placeholder={correction ? 'An earlier version said … It is …' : undefined}
          error={strict || draft.note !== '' ? (problems.note ?? null) : null}
          onChange={(event) => set({ note: event.target.value })}
        />
        <Choices
          label="When"
          value={draft.at === null ? 'now' : 'then'}
          options={[
            { value: 'now', label: 'Now' },
            {
              value: 'then',
              label: 'At a time',
              ...(draft.at !== null && { hint: 'It goes out as it is now: what is edited until then does not.' }),
            },
          ]}
          onChoose={(when) => set({ at: when === 'now' ? null : (draft.at ?? emptyMoment()) })}
        />
        {draft.at !== null && (
          <MomentFields label="Goes out" draft={draft.at} onChange={(at) => set({ at })} strict={strict} now={now} />
        )}
        <fieldset className={styles.terms}>
          <legend>For those who receive it</legend>
          <Checkbox
            label="Under embargo"
            hint={`It goes to them, and is not to be used before a time.${embargoed ? ` ${who} has set one.` : ''}`}
            checked={draft.embargo !== null}
            onChange={(event) => set({ embargo: event.target.checked ? emptyMoment() : null })}
          />
          {draft.embargo !== null && (
            <MomentFields
              label="Not to be used before"
              draft={draft.embargo}
              onChange={(embargo) => set({ embargo })}
              strict={strict}
              now={now}
              problem={problems.embargo ?? null}
            />
          )}
          <Checkbox
            label="Withheld"
            hint={`It goes to them, and is not to be used until a later version says so.${withheld ? ` So ${who} has it.` : ''}`}
            checked={draft.withheld}
            onChange={(event) => set({ withheld: event.target.checked })}
          />
        </fieldset>
      </Column>
    </Columns>
  )
}

function versionWords(published: number | null, correction: boolean): string {
  if (published === null) return '1, new'
  return `${published + 1}, ${correction ? 'correction' : 'update'} of version ${published}`
}
