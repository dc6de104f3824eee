import { useId, useState } from 'react'
import type { StoryMeta } from '#shared/article/article.ts'
import type { Story } from '#shared/story/story.ts'
import { useMessages } from '../../messages/use-messages.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Select, TextInput } from '../../ui/Field.tsx'
import { CloseIcon, PlusIcon } from '../../ui/icons.tsx'
import styles from './RelatedItems.module.css'

type Related = NonNullable<StoryMeta['related']>

export interface RelatedItemsProps {
  value: Related
  onChange: (related: Related) => void
  /** The newsroom's published stories, to choose from. */
  stories: readonly Pick<Story, 'id' | 'slug' | 'headline'>[]
  locked: boolean
}

/** The related items: stories of the newsroom, or any web page. */
export function RelatedItems({ value, onChange, stories, locked }: RelatedItemsProps) {
  const { t } = useMessages()
  const [adding, setAdding] = useState(false)
  const id = useId()
  return (
    <div className={styles.related} role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {t('story.related')}
      </span>
      {value.length > 0 && (
        <ul className={styles.items}>
          {value.map(({ uri, title }, index) => (
            <li key={`${uri} ${index}`} className={styles.item}>
              <span className={styles.words}>
                <span dir="auto">{title}</span>
                <span className={styles.uri}>{uri}</span>
              </span>
              {!locked && (
                <IconButton
                  label={t('story.related.remove', { title })}
                  size="s"
                  onClick={() => onChange(value.filter((_, at) => at !== index))}
                >
                  <CloseIcon size={14} />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
      {!locked && !adding && (
        <Button size="s" icon={<PlusIcon size={14} />} onClick={() => setAdding(true)}>
          {t('story.related.add')}
        </Button>
      )}
      {!locked && adding && (
        <AddRelated
          stories={stories.filter((story) => !value.some(({ uri }) => uri === uriOf(story)))}
          onAdd={(item) => {
            onChange([...value, item])
            setAdding(false)
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  )
}

/** In the form that the story's wire item has. */
const uriOf = ({ id }: Pick<Story, 'id'>): string => `urn:uuid:${id}`

interface AddRelatedProps {
  stories: RelatedItemsProps['stories']
  onAdd: (item: Related[number]) => void
  onClose: () => void
}

function AddRelated({ stories, onAdd, onClose }: AddRelatedProps) {
  const { t } = useMessages()
  const [uri, setUri] = useState('')
  const [title, setTitle] = useState('')
  const [pressed, setPressed] = useState(false)
  const uriError = /^(https?:\/\/\S+|urn:\S+|tag:\S+)$/i.test(uri.trim()) ? null : t('story.related.address-invalid')
  const titleError = title.trim() === '' ? t('story.related.title-missing') : null

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setPressed(true)
        if (uriError === null && titleError === null) onAdd({ uri: uri.trim(), title: title.trim() })
      }}
    >
      {stories.length > 0 && (
        <Select
          label={t('story.related.published-story')}
          value={stories.some((story) => uriOf(story) === uri) ? uri : ''}
          options={[
            { value: '', label: t('story.related.published-story-none') },
            ...stories.map((story) => ({ value: uriOf(story), label: story.headline || story.slug })),
          ]}
          onChange={(event) => {
            const story = stories.find((each) => uriOf(each) === event.target.value)
            setUri(event.target.value)
            setTitle(story === undefined ? '' : story.headline || story.slug)
          }}
        />
      )}
      <TextInput
        label={t('story.related.address')}
        value={uri}
        inputMode="url"
        autoComplete="off"
        error={pressed ? uriError : null}
        onChange={(event) => setUri(event.target.value)}
      />
      <TextInput
        label={t('story.related.title')}
        value={title}
        dir="auto"
        autoComplete="off"
        error={pressed ? titleError : null}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className={styles.actions}>
        <Button size="s" variant="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button size="s" variant="primary" type="submit">
          {t('story.related.add-confirm')}
        </Button>
      </div>
    </form>
  )
}
