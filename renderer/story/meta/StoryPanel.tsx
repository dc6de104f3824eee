import { useState, type ReactNode } from 'react'
import type { Doc } from 'yjs'
import type { Message } from '#shared/messages/message.ts'
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
import { longTime } from '../../ui/time-words.ts'
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

const URGENCIES = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((value) => ({
  value,
  label: { '': 'Not set', '1': '1, flash', '5': '5, normal', '9': '9, lowest' }[value] ?? value,
}))

const MOST_WORDS = 100_000

/** The desk's data about the story. Changes are in the document at once, like the text. */
export function StoryPanel({ doc, story, desk, readOnly, vocabulary, labelLanguage, published }: StoryPanelProps) {
  const { format } = useMessages()
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
      <FieldGroup rule="after" title="Story">
        <MetaField
          label="Slug"
          inputId="story-slug"
          value={meta.slug ?? story.slug}
          locked={locked}
          parse={(text) => {
            const slug = slugSchema.safeParse(text)
            return slug.success ? { patch: { slug: slug.data } } : { error: `${slug.error.issues[0]?.message ?? ''}.` }
          }}
          set={set}
        />
        <FieldRow>
          <MetaField
            label="Section"
            inputId="story-section"
            value={meta.section ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { section: text.trim() || undefined } })}
            set={set}
          />
          <Select
            label="Genre"
            id="story-genre"
            value={meta.genre ?? ''}
            options={genreOptions(meta.genre)}
            disabled={locked}
            onChange={(event) => set({ genre: event.target.value || undefined })}
          />
        </FieldRow>
        <FieldRow>
          <Select
            label="Urgency"
            id="story-urgency"
            value={String(meta.urgency ?? '')}
            options={URGENCIES}
            disabled={locked}
            onChange={(event) => set({ urgency: event.target.value === '' ? undefined : Number(event.target.value) })}
          />
          <MetaField
            label="Target length"
            inputMode="numeric"
            placeholder="Words"
            value={meta.targetLength === undefined ? '' : String(meta.targetLength)}
            locked={locked}
            parse={targetLength}
            set={set}
          />
        </FieldRow>
        <Select
          label="Language"
          value={language}
          options={languageOptions(language, format)}
          disabled={locked}
          onChange={(event) => set({ language: event.target.value })}
        />
      </FieldGroup>
      <FieldGroup rule="after" title="About">
        <SubjectPicker
          id="story-subjects"
          label="Subjects"
          value={meta.subjects ?? []}
          onChange={(subjects) => set({ subjects: subjects.length === 0 ? undefined : subjects })}
          vocabulary={vocabulary}
          language={labelLanguage}
          locked={locked}
          none="None yet."
        />
        <MetaField
          label="Keywords"
          inputId="story-keywords"
          hint="Separated by commas."
          value={(meta.keywords ?? []).join(', ')}
          locked={locked}
          parse={(text) => ({ patch: { keywords: keywords(text) } })}
          set={set}
        />
      </FieldGroup>
      <FieldGroup rule="after" title="Dateline">
        <FieldRow>
          <MetaField
            label="Place"
            inputId="story-place"
            value={meta.place ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { place: text.trim() || undefined } })}
            set={set}
          />
          <MetaField
            label="Day"
            type="date"
            value={meta.datelineDate ?? ''}
            locked={locked}
            parse={(text) => ({ patch: { datelineDate: text || undefined } })}
            set={set}
          />
        </FieldRow>
      </FieldGroup>
      <FieldGroup rule="after" title="Rights">
        {right('holder', 'Holder', 'Who owns it')}
        {right('notice', 'Notice', '© …')}
        {right('usage', 'Use', 'What may be done with it')}
      </FieldGroup>
      <RelatedItems
        value={meta.related ?? []}
        onChange={(related) => set({ related: related.length === 0 ? undefined : related })}
        stories={published.filter(({ id }) => id !== story.id)}
        locked={locked}
      />
      <div className={styles.origin}>
        <Facts>
          <Fact name="Desk">{desk?.name ?? 'Unknown'}</Fact>
          <Fact name="Begun by">{story.createdBy.name}</Fact>
          <Fact name="Begun">{longTime(new Date(story.createdAt))}</Fact>
          {story.publishedAt !== null && (
            <Fact name="On the wire">
              Version {story.publishedVersion}, {longTime(new Date(story.publishedAt))}
            </Fact>
          )}
        </Facts>
      </div>
    </div>
  )
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
 * the caret it shows the typed text; otherwise it shows the document's value, whoever wrote it.
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

function targetLength(text: string): Parsed {
  if (text.trim() === '') return { patch: { targetLength: undefined } }
  const words = Number(text)
  return Number.isInteger(words) && words > 0 && words <= MOST_WORDS
    ? { patch: { targetLength: words } }
    : { error: 'A number of words, such as 450.' }
}
