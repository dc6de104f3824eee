/** Where a check failed, in words. */
import { parseFieldId, type FieldKind } from '#shared/article/fields.ts'
import type { Messages } from '#shared/messages/messages.ts'

interface CheckedField {
  kind: FieldKind
  /** The number of the field's picture on the page; null if the story has one picture, or none. */
  picture: number | null
}

/** Returns the field on the page; null for a field of the inspector. */
function fieldOnPage(field: string, figureIds: readonly string[]): CheckedField | null {
  try {
    const { kind, figureId } = parseFieldId(field)
    const index = figureId === undefined || figureIds.length < 2 ? -1 : figureIds.indexOf(figureId)
    return { kind, picture: index === -1 ? null : index + 1 }
  } catch {
    return null
  }
}

/** Returns the name of a check's field on screen: "Headline", "Credit of picture 2", "Slug". */
export function fieldName(field: string, figureIds: readonly string[], { t }: Messages): string {
  const onPage = fieldOnPage(field, figureIds)
  if (onPage === null) return field === 'slug' ? t('story.meta.slug') : field.charAt(0).toUpperCase() + field.slice(1)
  const { kind, picture } = onPage
  if (picture === null) return t(`common.field.${kind}`)
  return t(kind === 'caption' ? 'story.checks.caption-of' : 'story.checks.credit-of', { picture })
}

/** Returns the label of the link to a check's field: "Go to credit of picture 2: Write a credit." */
export function goToLabel(field: string, figureIds: readonly string[], problem: string, messages: Messages): string {
  const { t } = messages
  const onPage = fieldOnPage(field, figureIds)
  if (onPage?.picture != null) {
    return t('story.checks.go-to-picture', { field: onPage.kind, picture: onPage.picture, problem })
  }
  const name = fieldName(field, figureIds, messages)
  return t('story.checks.go-to', { field: onPage?.kind ?? field, name, problem })
}
