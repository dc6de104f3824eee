/** Adds a picture file to the story: its bytes to the picture store, its embedded words to the figure's fields. */
import type { Doc, Text } from 'yjs'
import type { Picture } from '#shared/article/article.ts'
import { addFigure, fieldText, figureIds, LOCAL_EDIT, setPicture } from '#shared/article/document.ts'
import { type FigureField, figureFieldId } from '#shared/article/fields.ts'
import { PICTURE_EXTENSIONS } from '#shared/wire/picture-file.ts'
import { errorMessage } from '../../api/api-error.ts'
import type { Sentence, StoryPageModel } from '../story-page-model.ts'
import type { PictureStore } from './picture-store.ts'
import { type PictureWords, readPictureWords } from './picture-words.ts'

/** The picture types that the newsroom accepts. */
export const PICTURE_TYPES: readonly string[] = Object.keys(PICTURE_EXTENSIONS)

const MIB = 1024 * 1024
/** In MiB, the same as the newsroom's limit. */
export const MAX_PICTURE_MIB = 50

/** Returns the picture files among dropped or pasted data. */
export function pictureFiles(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'))
}

/**
 * Adds each file as a figure: after the figure `after`, or at the end. A notice on the page names the files that cannot
 * be added; the others are added.
 */
export async function addPictures(
  page: StoryPageModel,
  pictures: PictureStore,
  files: readonly File[],
  after?: string,
): Promise<void> {
  const problems: Sentence[] = []
  let before = after
  for (const file of files) {
    const read = await takeIn(pictures, file)
    if ('problem' in read) {
      problems.push(read.problem)
      continue
    }
    const { doc } = page.session
    const id = crypto.randomUUID()
    doc.transact(() => {
      addFigure(doc, { id, picture: read.picture }, placeAfter(doc, before))
      fillEmpty(fieldText(doc, figureFieldId('caption', id)), read.words.caption)
      fillEmpty(fieldText(doc, figureFieldId('credit', id)), read.words.credit)
    }, LOCAL_EDIT)
    if (before !== undefined) before = id
    page.focus(figureFieldId(firstEmpty(read.words), id), 'end')
  }
  if (problems.length > 0) page.say((messages) => problems.map((problem) => problem(messages)).join(' '))
}

/** Replaces the picture of a figure. Its embedded words fill caption and credit only if these are empty. */
export async function replacePicture(
  page: StoryPageModel,
  pictures: PictureStore,
  figureId: string,
  file: File,
): Promise<void> {
  const read = await takeIn(pictures, file)
  if ('problem' in read) {
    page.say(read.problem)
    return
  }
  const { doc } = page.session
  doc.transact(() => {
    setPicture(doc, figureId, read.picture)
    fillEmpty(fieldText(doc, figureFieldId('caption', figureId)), read.words.caption)
    fillEmpty(fieldText(doc, figureFieldId('credit', figureId)), read.words.credit)
  }, LOCAL_EDIT)
}

type TakenIn = { picture: Picture; words: PictureWords } | { problem: Sentence }

/** Checks a file and stores its bytes on this computer, from where they are sent to the newsroom. */
async function takeIn(pictures: PictureStore, file: File): Promise<TakenIn> {
  const { name } = file
  if (!PICTURE_TYPES.includes(file.type)) {
    return { problem: ({ t }) => t('editor.picture.unknown-type', { name: name || t('editor.picture.unnamed') }) }
  }
  if (file.size > MAX_PICTURE_MIB * MIB) {
    return {
      problem: ({ t }) =>
        t('editor.picture.too-large', { name: name || t('editor.picture.unnamed'), limit: MAX_PICTURE_MIB }),
    }
  }
  try {
    const [picture, words] = await Promise.all([pictures.addPicture(file, name || 'picture'), readPictureWords(file)])
    return { picture, words }
  } catch (error) {
    return {
      problem: ({ t, say }) =>
        t('editor.picture.not-added', { name: name || t('editor.picture.unnamed'), reason: say(errorMessage(error)) }),
    }
  }
}

/** Returns the index after a figure; at the end if there is none. */
function placeAfter(doc: Doc, figureId: string | undefined): number {
  const ids = figureIds(doc)
  const index = figureId === undefined ? -1 : ids.indexOf(figureId)
  return index === -1 ? ids.length : index + 1
}

/** Writes a line into a field that is empty, apart from the start of its first paragraph. */
function fillEmpty(text: Text, words: string): void {
  if (words !== '' && text.length <= 1 && text.toJSON() === '') text.insert(text.length, words)
}

function firstEmpty(words: PictureWords): FigureField {
  return words.caption !== '' && words.credit === '' ? 'credit' : 'caption'
}
