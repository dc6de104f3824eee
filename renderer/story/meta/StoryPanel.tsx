import { useState, type ReactNode } from 'react'
import type { Doc } from 'yjs'
import type { Message } from '#shared/messages/message.ts'
import type { Messages } from '#shared/messages/messages.ts'
import type { StoryMeta } from '#shared/article/article.ts'
import { setMeta } from '#shared/article/document.ts'
import { slugSchema, type Desk, type Story } from '#shared/story/story.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { useMeta } from '../use-document.ts'
import { Select, TextInput } from '../../ui/Field.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FieldGroup, FieldRow } from '../../ui/Form.tsx'
import { languageOptions } from '../../ui/languages.ts'
import { genreOptions } from './genres.ts'
import { RelatedItems } from './RelatedItems.tsx'
import styles from './StoryPanel.module.css'
import { SubjectPicker } from './SubjectPicker.tsx'

export interface StoryPanelProps {
  doc: Doc
  story: Story
  desk: Desk | undefined
  /** Why nothing can be changed; null if it can. */
  readOnly: Message | null
  vocabulary: Vocabulary
  /** The language of subject labels, a BCP 47 tag. */
  labelLanguage: string
  /** The newsroom's other published stories. */
  published: readonly Story[]
}

const URGENCIES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const

const MOST_WORDS = 100_000

/** The desk's data about the story. Changes are in the document at once, like the text. */
export function StoryPanel({ doc, story, desk, readOnly, vocabulary, labelLanguage, published }: StoryPanelProps) {
  const messages = useMessages()
  const { t, format } = messages
  const meta = useMeta(doc)
  const locked = readOnly !== null
  const language = meta.language ?? story.language
  const set = (patch: Patch) => setMeta(doc, patch)
  const right = (key: keyof NonNullable<StoryMeta['rights']>, label: string, placeholder: string) => (
    <MetaField
      label={label}
      inputId={`story-rights-${key}`}
      placeholder={placeholder}
      value={meta.rights?.[key] ?? ''}
      locked={locked}
      parse={(text) => ({ patch: { rights: withRight(meta.rights, key, text) } })}
      set={set}
    />
  )

  return (
    <div className={styles.panel}>
      <FieldGroup rule="after" title={t('story.meta.story')}>
        <MetaField
          label={t('story.meta.slug')}
          inputId="story-slug"
          value={meta.slug ?? story.slug}
          locked={locked}
          parse={(text) => {
            const slug = slugSchema.safeParse(text)
            return slug.success ? { patch: { slug: slug.data } } : { error: t('story.meta.slug-invalid') }
          }}
          set={set}
        />
        <FieldRow>
          <MetaField
            label={t('story.meta.section')}
            inputId="story-section"
            value={meta.section ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { section: text.trim() || undefined } })}
            set={set}
          />
          <Select
            label={t('story.meta.genre')}
            id="story-genre"
            value={meta.genre ?? ''}
            options={genreOptions(meta.genre, messages)}
            disabled={locked}
            onChange={(event) => set({ genre: event.target.value || undefined })}
          />
        </FieldRow>
        <FieldRow>
          <Select
            label={t('story.meta.urgency')}
            id="story-urgency"
            value={String(meta.urgency ?? '')}
            options={urgencyOptions(messages)}
            disabled={locked}
            onChange={(event) => set({ urgency: event.target.value === '' ? undefined : Number(event.target.value) })}
          />
          <MetaField
            label={t('story.meta.target-length')}
            inputMode="numeric"
            placeholder={t('story.meta.target-length-unit')}
            value={meta.targetLength === undefined ? '' : String(meta.targetLength)}
            locked={locked}
            parse={(text) => targetLength(text, messages)}
            set={set}
          />
        </FieldRow>
        <Select
          label={t('story.meta.language')}
          value={language}
          options={languageOptions(language, format)}
          disabled={locked}
          onChange={(event) => set({ language: event.target.value })}
        />
      </FieldGroup>
      <FieldGroup rule="after" title={t('story.meta.about')}>
        <SubjectPicker
          id="story-subjects"
          label={t('story.meta.subjects')}
          value={meta.subjects ?? []}
          onChange={(subjects) => set({ subjects: subjects.length === 0 ? undefined : subjects })}
          vocabulary={vocabulary}
          language={labelLanguage}
          locked={locked}
          none={t('story.meta.subjects-none')}
        />
        <MetaField
          label={t('story.meta.keywords')}
          inputId="story-keywords"
          hint={t('story.meta.keywords-hint')}
          value={(meta.keywords ?? []).join(', ')}
          locked={locked}
          parse={(text) => ({ patch: { keywords: keywords(text) } })}
          set={set}
        />
      </FieldGroup>
      <FieldGroup rule="after" title={t('story.meta.dateline')}>
        <FieldRow>
          <MetaField
            label={t('story.meta.place')}
            inputId="story-place"
            value={meta.place ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { place: text.trim() || undefined } })}
            set={set}
          />
          <MetaField
            label={t('story.meta.date')}
            type="date"
            value={meta.datelineDate ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { datelineDate: text || undefined } })}
            set={set}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup rule="after" title={t('story.meta.rights')}>
        {right('holder', t('story.meta.rights-holder'), t('story.meta.rights-holder-example'))}
        {right('notice', t('story.meta.rights-notice'), t('story.meta.rights-notice-example'))}
        {right('usage', t('story.meta.rights-usage'), t('story.meta.rights-usage-example'))}
      </FieldGroup>
      <RelatedItems
        value={meta.related ?? []}
        onChange={(related) => set({ related: related.length === 0 ? undefined : related })}
        stories={published.filter(({ id }) => id !== story.id)}
        locked={locked}
      />
      <div className={styles.origin}>
        <Facts>
          <Fact name={t('story.meta.desk')}>{desk?.name ?? t('story.meta.desk-unknown')}</Fact>
          <Fact name={t('story.meta.created-by')}>{story.createdBy.name}</Fact>
          <Fact name={t('story.meta.created')}>{format.longTime(new Date(story.createdAt))}</Fact>
          {story.publishedAt !== null && (
            <Fact name={t('story.meta.published')}>
              {t('story.meta.published-version', {
                version: story.publishedVersion ?? 0,
                time: format.longTime(new Date(story.publishedAt)),
              })}
            </Fact>
          )}
        </Facts>
      </div>
    </div>
  )
}

function urgencyOptions({ t, format }: Messages): { value: string; label: string }[] {
  const labels: Record<number, string> = {
    1: t('story.meta.urgency-flash', { urgency: 1 }),
    5: t('story.meta.urgency-normal', { urgency: 5 }),
    9: t('story.meta.urgency-lowest', { urgency: 9 }),
  }
  return [
    { value: '', label: t('story.meta.not-set') },
    ...URGENCIES.map((urgency) => ({ value: String(urgency), label: labels[urgency] ?? format.number(urgency) })),
  ]
}

/** Returns the rights with one line changed; undefined if no line is left. */
function withRight(
  rights: StoryMeta['rights'],
  key: keyof NonNullable<StoryMeta['rights']>,
  text: string,
): StoryMeta['rights'] {
  const changed = Object.fromEntries(
    Object.entries({ ...rights, [key]: text.trim() }).filter(([, value]) => value !== ''),
  )
  return Object.keys(changed).length === 0 ? undefined : changed
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}

type Patch = { [Key in keyof StoryMeta]?: StoryMeta[Key] | undefined }
type Parsed = { patch: Patch } | { error: string }

interface MetaFieldProps {
  label: string
  inputId?: string
  hint?: string
  placeholder?: string
  inputMode?: 'numeric'
  type?: 'date'
  value: string
  locked: boolean
  parse: (text: string) => Parsed
  set: (patch: Patch) => void
}

/**
 * One field of the story's meta. Every keystroke that makes a valid value goes into the document. While the field has
 * the caret it shows the typed text; otherwise it shows the document's value, whichever person wrote it.
 */
function MetaField({ label, inputId, value, locked, parse, set, ...rest }: MetaFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const parsed = draft === null ? null : parse(draft)
  return (
    <TextInput
      label={label}
      {...(inputId !== undefined && { id: inputId })}
      {...rest}
      error={parsed !== null && 'error' in parsed ? parsed.error : null}
      value={draft ?? value}
      readOnly={locked}
      dir="auto"
      autoComplete="off"
      onChange={(event) => {
        setDraft(event.target.value)
        const now = parse(event.target.value)
        if ('patch' in now) set(now.patch)
      }}
      onBlur={() => setDraft(null)}
    />
  )
}

function keywords(text: string): string[] | undefined {
  const words = text
    .split(/[,،;\n]/u)
    .map((word) => word.trim())
    .filter(Boolean)
  return words.length === 0 ? undefined : [...new Set(words)]
}

function targetLength(text: string, { t }: Messages): Parsed {
  if (text.trim() === '') return { patch: { targetLength: undefined } }
  const words = Number(text)
  return Number.isInteger(words) && words > 0 && words <= MOST_WORDS
    ? { patch: { targetLength: words } }
    : { error: t('story.meta.target-length-invalid') }
}
