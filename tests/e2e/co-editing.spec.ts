/** Two people in one story, in real browsers. Text, caret, composition and undo of each survive the other's edits. */
import { type Browser, expect, test } from '@playwright/test'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { closePages, NewsroomPage } from './support/newsroom-page.ts'

/** Returns a reporter and an editor in a new story with these paragraphs. */
async function twoIn(browser: Browser, address: string, paragraphs: string[]): Promise<[NewsroomPage, NewsroomPage]> {
  const reporter = await NewsroomPage.signIn(browser, address, 'reporter@demo.example')
  const editor = await NewsroomPage.signIn(browser, address, 'editor@demo.example')
  await reporter.startStory('TOGETHER')
  await reporter.paste('Body', paragraphs.join('\n\n'))
  await reporter.isSavedToTheNewsroom()
  await editor.openStory('TOGETHER')
  await expect.poll(() => editor.words('Body')).toEqual(paragraphs)
  return [reporter, editor]
}

/** Puts the caret before the letter with this index in a paragraph of the body, with mouse and keys. */
async function caretAt({ page }: NewsroomPage, paragraph: number, offset: number): Promise<void> {
  await expect(async () => {
    await page.getByRole('textbox', { name: 'Body', exact: true }).focus()
    const at = await page.evaluate(
      async ([index, letter]) => {
        const block = document.querySelectorAll('[data-field="body"] [role=textbox] > *')[index ?? 0]
        const walker = document.createTreeWalker(block as Node, NodeFilter.SHOW_TEXT)
        let left = letter ?? 0
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const { length } = node as Text
          if (left <= length) {
            getSelection()?.collapse(node, left)
            break
          }
          left -= length
        }
        // ProseMirror resets the caret once, shortly after the focus.
        for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame)
        const { focusNode, focusOffset } = getSelection() ?? {}
        const before = document.createRange()
        before.selectNodeContents(block as Node)
        before.setEnd(focusNode as Node, focusOffset ?? 0)
        return [before.toString().length, document.activeElement?.getAttribute('aria-label')]
      },
      [paragraph, offset],
    )
    expect(at).toEqual([offset, 'Body'])
  }).toPass()
}

const both = async ([one, other]: readonly NewsroomPage[], paragraphs: string[]): Promise<void> => {
  for (const page of [one, other]) await expect.poll(() => page?.words('Body')).toEqual(paragraphs)
}
const offline = (pages: readonly NewsroomPage[], off: boolean) =>
  Promise.all(pages.map(({ context }) => context.setOffline(off)))

test.afterEach(closePages)

test('merges offline edits of the same paragraph, without doubling text', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const pages = await twoIn(browser, newsroom.address, ['one two three four', 'five six', 'seven'])
  const [reporter, editor] = pages
  await offline(pages, true)
  for (const person of pages) {
    await caretAt(person, 0, 8)
    await person.page.keyboard.press('Enter')
    await caretAt(person, 3, 0)
    await person.page.keyboard.press('Backspace')
  }
  await caretAt(reporter, 0, 0)
  await reporter.page.keyboard.type('Reporter ')
  await caretAt(editor, 2, 4)
  await editor.page.keyboard.type(' and editor')
  await offline(pages, false)
  await both(pages, ['Reporter one two ', 'three four', 'five and editor sixseven'])
})

test('keeps my typing at my caret when the other presses Enter, joins, or cuts before it', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const pages = await twoIn(browser, newsroom.address, ['one two three', 'four five', 'six'])
  const [reporter, editor] = pages
  await caretAt(reporter, 1, 4)
  await caretAt(editor, 0, 8)
  await editor.page.keyboard.press('Enter')
  await both(pages, ['one two ', 'three', 'four five', 'six'])
  await reporter.page.keyboard.type('A')
  await both(pages, ['one two ', 'three', 'fourA five', 'six'])
  await caretAt(editor, 2, 0)
  await editor.page.keyboard.press('Backspace')
  await both(pages, ['one two ', 'threefourA five', 'six'])
  await reporter.page.keyboard.type('B')
  await both(pages, ['one two ', 'threefourAB five', 'six'])
  await editor.paragraph('one two').click({ clickCount: 3 })
  await editor.page.keyboard.press('Backspace')
  await both(pages, ['threefourAB five', 'six'])
  await reporter.page.keyboard.type('C')
  await both(pages, ['threefourABC five', 'six'])
})

test('does not disturb a word being composed, and shows the other’s text after it', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const pages = await twoIn(browser, newsroom.address, ['one two'])
  const [reporter, editor] = pages
  await caretAt(reporter, 0, 4)
  const input = await reporter.context.newCDPSession(reporter.page)
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await compose('に')
  await compose('にほ')
  await caretAt(editor, 0, 0)
  await editor.page.keyboard.type('zero ')
  await editor.isSavedToTheNewsroom()
  await compose('にほん')
  expect(await reporter.words('Body')).toEqual(['one にほんtwo'])
  await input.send('Input.insertText', { text: '日本 ' })
  await both(pages, ['zero one 日本 two'])
  await reporter.page.keyboard.press('ControlOrMeta+Z')
  await both(pages, ['zero one two'])
})

test('tells the person who cut a paragraph about text written in it meanwhile, and offers to remove it', async ({
  browser,
}) => {
  await using newsroom = await startTestNewsroom()
  const pages = await twoIn(browser, newsroom.address, ['first', 'second paragraph', 'third'])
  const [reporter, editor] = pages
  await offline(pages, true)
  await caretAt(reporter, 1, 6)
  await reporter.page.keyboard.type(' and brand new')
  await editor.paragraph('second').click({ clickCount: 3 })
  await editor.page.keyboard.press('Backspace')
  await editor.page.keyboard.press('Backspace')
  await offline(pages, false)
  await both(pages, ['first and brand new', 'third'])
  const notice = editor.page.getByText(/^3 words that .* was writing stayed when you cut the passage\.$/)
  await expect(notice).toBeVisible()
  await editor.page.getByRole('button', { name: 'Remove', exact: true }).click()
  await both(pages, ['first', 'third'])
  await expect(notice).toBeHidden()
})

test('moves to the field of the edit on undo, and scrolls to it', async ({ browser }) => {
  await using newsroom = await startTestNewsroom()
  const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph number ${index}.`)
  const [reporter] = await twoIn(browser, newsroom.address, paragraphs)
  await reporter.type('Headline', 'A headline')
  await caretAt(reporter, 59, 3)
  await reporter.page.keyboard.type('x')
  const isInSight = (text: string) => expect(reporter.page.getByText(text)).toBeInViewport()
  await isInSight('Parxagraph number 59.')
  await reporter.page.keyboard.press('ControlOrMeta+Z')
  await isInSight('Paragraph number 59.')
  await reporter.page.keyboard.press('ControlOrMeta+Z')
  await expect(reporter.field('Headline')).toHaveText('')
  await expect(reporter.field('Headline')).toBeFocused()
  await expect(reporter.field('Headline')).toBeInViewport()
  await reporter.page.keyboard.press('ControlOrMeta+Shift+Z')
  await expect(reporter.field('Headline')).toHaveText('A headline')
  await reporter.page.keyboard.press('ControlOrMeta+Shift+Z')
  await isInSight('Parxagraph number 59.')
  await expect(reporter.field('Body')).toBeFocused()
})
