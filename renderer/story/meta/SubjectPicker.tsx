import { Command } from 'cmdk'
import { Popover } from 'radix-ui'
import { useId, useState, type KeyboardEvent } from 'react'
import { labelOf, type SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import type { Vocabulary } from '#shared/wire/subjects/vocabulary.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { CheckIcon, ChevronRightIcon, CloseIcon, PlusIcon } from '../../ui/icons.tsx'
import styles from './SubjectPicker.module.css'

export interface SubjectPickerProps {
  label: string
  /** Codes, e.g. `medtop:11000000`. */
  value: readonly string[]
  onChange: (codes: string[]) => void
  vocabulary: Vocabulary
  /** The language of the labels, a BCP 47 tag. */
  language: string
  locked?: boolean
  id?: string
  /** The text shown if no subject is chosen. */
  none?: string
}

/**
 * The chosen Media Topics, and a list for choosing more. The list can be searched by words, or browsed: the right arrow
 * opens a subject, the left one leaves it.
 */
export function SubjectPicker(props: SubjectPickerProps) {
  const { label, value, onChange, vocabulary, language, locked = false, none, id: ownId } = props
  const { t } = useMessages()
  const [open, setOpen] = useState(false)
  const id = useId()
  const toggle = (code: string) =>
    onChange(value.includes(code) ? value.filter((each) => each !== code) : [...value, code])

  return (
    <div className={styles.picker} role="group" aria-labelledby={id} id={ownId} tabIndex={-1}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      {value.length === 0 && none !== undefined && <p className={styles.none}>{none}</p>}
      {value.length > 0 && (
        <ul className={styles.chosen}>
          {value.map((code) => (
            <li key={code} className={styles.subject}>
              <Subject code={code} vocabulary={vocabulary} language={language} />
              {!locked && (
                <IconButton
                  label={t('story.subjects.remove', { subject: nameOf(code, vocabulary, language) })}
                  size="s"
                  onClick={() => toggle(code)}
                >
                  <CloseIcon size={14} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {!locked && (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger asChild>
            <Button size="s" icon={<PlusIcon size={14} />} className={styles.add}>
              {t('story.subjects.add')}
            </Button>
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Content
              className={styles.pop}
              align="start"
              sideOffset={4}
              collisionPadding={12}
              aria-label={label}
            >
              <SubjectList chosen={value} onToggle={toggle} vocabulary={vocabulary} language={language} />
            </Popover.Content>
          </Popover.Portal>
        </Popover.Root>
      )}
    </div>
  )
}

function nameOf(code: string, vocabulary: Vocabulary, language: string): string {
  const term = vocabulary.find(code)
  return term === undefined ? code : labelOf(term, language)
}

const pathWords = (path: readonly SubjectTerm[], language: string): string =>
  path.map((term) => labelOf(term, language)).join(' › ')

type Shown = Pick<SubjectPickerProps, 'vocabulary' | 'language'>

function Subject({ code, vocabulary, language }: Shown & { code: string }) {
  const path = vocabulary.above(code)
  return (
    <span className={styles.name} title={code}>
      {path.length > 0 && (
        <span className={styles.path} dir="auto" lang={language}>
          {pathWords(path, language)}
        </span>
      )}
      <span dir="auto" lang={language}>
        {nameOf(code, vocabulary, language)}
      </span>
    </span>
  )
}

interface SubjectListProps extends Shown {
  chosen: readonly string[]
  onToggle: (code: string) => void
}

function SubjectList({ chosen, onToggle, vocabulary, language }: SubjectListProps) {
  const { t } = useMessages()
  const [query, setQuery] = useState('')
  /** The subject whose narrower subjects are listed; null at the top level. */
  const [within, setWithin] = useState<string | null>(null)
  const [marked, setMarked] = useState('')
  const searching = query.trim() !== ''
  const found = searching
    ? vocabulary.search(query, language)
    : vocabulary.under(within, language).map((term) => ({ term, path: [] }))
  const narrower = (code: string) => vocabulary.under(code, language).length > 0

  function into(code: string) {
    if (!narrower(code)) return
    setWithin(code)
    setQuery('')
    setMarked(vocabulary.under(code, language)[0]?.code ?? '')
  }

  function out() {
    if (within === null) return
    setWithin(vocabulary.find(within)?.broader ?? null)
    setMarked(within)
  }

  function walk(event: KeyboardEvent) {
    // Within typed text, the arrows move the caret.
    if (query !== '') return
    if (event.key === 'ArrowRight') into(marked)
    else if (event.key === 'ArrowLeft' || (event.key === 'Backspace' && within !== null)) out()
    else return
    event.preventDefault()
  }

  return (
    <Command
      label={t('story.subjects')}
      shouldFilter={false}
      value={marked}
      onValueChange={setMarked}
      loop
      onKeyDown={walk}
      className={styles.command}
    >
      <Command.Input
        className={styles.input}
        placeholder={t('story.subjects.search')}
        value={query}
        onValueChange={setQuery}
        autoFocus
      />
      {!searching && within !== null && (
        <button type="button" className={styles.back} onClick={out}>
          <ChevronRightIcon size={14} className={styles.backward} />
          <span dir="auto" lang={language}>
            {pathWords(
              [...vocabulary.above(within), ...[vocabulary.find(within)].filter((each) => each !== undefined)],
              language,
            )}
          </span>
        </button>
      )}
      <Command.List className={styles.list}>
        <Command.Empty className={styles.empty}>{t('story.subjects.no-match')}</Command.Empty>
        {found.map(({ term, path }) => {
          const { code } = term
          const taken = chosen.includes(code)
          return (
            <Command.Item key={code} value={code} className={styles.item} onSelect={() => onToggle(code)}>
              <span className={styles.tick}>{taken && <CheckIcon size={14} />}</span>
              <span className={styles.name}>
                {path.length > 0 && (
                  <span className={styles.path} dir="auto" lang={language}>
                    {pathWords(path, language)}
                  </span>
                )}
                <span dir="auto" lang={language}>
                  {labelOf(term, language)}
                </span>
                {taken && <span className={styles.hidden}>{t('story.subjects.chosen')}</span>}
              </span>
              {narrower(code) && (
                <button
                  type="button"
                  tabIndex={-1}
                  className={styles.into}
                  aria-label={t('story.subjects.narrower', { subject: labelOf(term, language) })}
                  onClick={(event) => {
                    event.stopPropagation()
                    into(code)
                  }}
                >
                  <ChevronRightIcon size={14} />
                </button>
              )}
            </Command.Item>
          )
        })}
      </Command.List>
    </Command>
  )
}
