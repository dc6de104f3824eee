import { useMessages } from '../../messages/use-messages.ts'
import { Count } from '../../ui/Count.tsx'
import { useOpenedStory } from '../opened-story.ts'
import { ChecksPanel } from './ChecksPanel.tsx'
import { useInspectedArticle } from './inspected-article.tsx'
import { checkForWire } from './use-checks.ts'

export function ChecksTab() {
  const { story, source, goToField } = useOpenedStory()
  const article = useInspectedArticle()
  return (
    <ChecksPanel
      source={source.source}
      failures={checkForWire(article, story.slug)}
      figureIds={article.figures.map((figure) => figure.id)}
      onGoTo={goToField}
    />
  )
}

export function ChecksMark() {
  const { story } = useOpenedStory()
  const { t } = useMessages()
  const { length } = checkForWire(useInspectedArticle(), story.slug)
  return <Count count={length} label={t('app.inspector.open-checks', { count: length })} />
}
