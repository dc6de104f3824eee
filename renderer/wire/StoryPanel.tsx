import { useState, type ReactNode } from 'react'
import type { Doc } from 'yjs'
import type { StoryMeta } from '#shared/article/article.ts'
import { setMeta } from '#shared/article/document.ts'
import { slugSchema, type Desk, type Story } from '#shared/story/story.ts'
import { useMeta } from '../editor/use-document.ts'
import { Select, TextInput } from '../ui/Field.tsx'
import { languageOptions } from '../ui/languages.ts'
import { longTime } from '../ui/time-words.ts'
import styles from './StoryPanel.module.css'

export interface StoryPanelProps {
  doc: Doc
  story: Story
  desk: Desk | undefined
  /** Why nothing can be changed, in a sentence; null when it can. */
  readOnly: string | null
}

const URGENCIES = ['', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((value) => ({
  value,
  label: { '': 'Not set', '1': '1, flash', '5': '5, normal', '9': '9, lowest' }[value] ?? value,
}))

const MOST_WORDS = 100_000

/** What the desk knows of the story beside its words. Every change is in the document at once, like the words are. */
export function StoryPanel({ doc, story, desk, readOnly }: StoryPanelProps) {
  const meta = useMeta(doc)
  const locked = readOnly !== null
  const language = meta.language ?? story.language
  const set = (patch: Parameters<typeof setMeta>[1]) => setMeta(doc, patch)

  return (
    <div className={styles.panel}>
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
      <MetaField
        label="Section"
        value={meta.section ?? ''}
        locked={locked}
        parse={(text) => ({ patch: { section: text.trim() || undefined } })}
        set={set}
      />
      <MetaField
        label="Keywords"
        hint="Separated by commas."
        value={(meta.keywords ?? []).join(', ')}
        locked={locked}
        parse={(text) => ({ patch: { keywords: keywords(text) } })}
        set={set}
      />
      <div className={styles.pair}>
        <Select
          label="Urgency"
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
      </div>
      <Select
        label="Language"
        value={language}
        options={languageOptions(language)}
        disabled={locked}
        onChange={(event) => set({ language: event.target.value })}
      />
      <dl className={styles.facts}>
        <Fact name="Desk">{desk?.name ?? 'Unknown'}</Fact>
        <Fact name="Begun by">{story.createdBy.name}</Fact>
        <Fact name="Begun">{longTime(new Date(story.createdAt))}</Fact>
        {story.publishedAt !== null && (
          <Fact name="On the wire">
            Version {story.publishedVersion}, {longTime(new Date(story.publishedAt))}
          </Fact>
        )}
      </dl>
    </div>
  )
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
  value: string
  locked: boolean
  parse: (text: string) => Parsed
  set: (patch: Patch) => void
}

/**
 * A line of the story's meta. What is typed goes into the document with each key, as soon as it makes sense; while the
 * caret is in it the line shows what was typed, and else what the document says, whoever wrote it.
 */
function MetaField({ label, inputId, hint, placeholder, inputMode, value, locked, parse, set }: MetaFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const parsed = draft === null ? null : parse(draft)
  return (
    <TextInput
      label={label}
      {...(inputId !== undefined && { id: inputId })}
      hint={hint}
      placeholder={placeholder}
      inputMode={inputMode}
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
