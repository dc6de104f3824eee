/** Copies the whole story to the clipboard, as formatted and as plain text, in page order. */
import { type FieldKind, parseFieldId } from '#shared/article/fields.ts'
import type { StoryPageModel } from './story-page-model.ts'

export interface StoryCopy {
  html: string
  text: string
}

const TAGS: Record<Exclude<FieldKind, 'body'>, string> = {
  headline: 'h1',
  standfirst: 'p',
  byline: 'p',
  dateline: 'p',
  caption: 'figcaption',
  credit: 'p',
}

/** Returns the copy without empty fields. Of a figure it has caption and credit; a picture is not text. */
function copyOfStory(page: StoryPageModel): StoryCopy {
  const html: string[] = []
  const text: string[] = []
  for (const field of page.fields()) {
    const editor = page.editor(field)
    const words = editor?.getText({ blockSeparator: '\n\n' }).trim() ?? ''
    if (editor === null || words === '') continue
    const { kind } = parseFieldId(field)
    text.push(words)
    html.push(kind === 'body' ? editor.getHTML() : element(TAGS[kind], words))
  }
  return { html: html.join('\n'), text: `${text.join('\n\n')}\n` }
}

function element(tag: string, words: string): string {
  const made = document.createElement(tag)
  made.textContent = words
  return made.outerHTML
}

/** Rejects if the browser does not allow access to the clipboard. */
export async function copyStory(page: StoryPageModel): Promise<void> {
  const { html, text } = copyOfStory(page)
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/html': new Blob([html], { type: 'text/html' }),
      'text/plain': new Blob([text], { type: 'text/plain' }),
    }),
  ])
}
