/** Drives the app like a person, by the names on screen. */
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test'

export type FieldName = 'Headline' | 'Standfirst' | 'Byline' | 'Dateline' | 'Caption' | 'Credit' | 'Body'

const NEWSROOM = 'Saved to the newsroom'

export class NewsroomPage {
  readonly page: Page
  readonly context: BrowserContext

  constructor(page: Page) {
    this.page = page
    this.context = page.context()
  }

  /** Opens the app in its own browser profile and signs in as one of the demo's people. */
  static async signIn(browser: Browser, address: string, email: string): Promise<NewsroomPage> {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const app = new NewsroomPage(await context.newPage())
    await app.page.goto(address)
    await app.page.getByRole('button', { name: email }).click()
    await expect(app.page.getByRole('navigation', { name: 'Desks' })).toBeVisible()
    return app
  }

  async startStory(slug: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New story' }).first().click()
    await this.page.getByLabel('Slug').fill(slug)
    await this.page.getByRole('button', { name: 'Start writing' }).click()
    await expect(this.field('Headline')).toBeVisible()
  }

  async openStory(slug: string): Promise<void> {
    await this.page.locator('[data-queue-row]', { hasText: slug }).click()
    await expect(this.field('Headline')).toBeVisible()
  }

  field(name: FieldName): Locator {
    return this.page.getByRole('article').getByRole('textbox', { name, exact: true })
  }

  paragraph(text: string): Locator {
    return this.field('Body').locator('p', { hasText: text })
  }

  /** Puts the caret into a field and types at keyboard speed. */
  async type(name: FieldName, text: string): Promise<void> {
    await this.field(name).click()
    await this.page.keyboard.type(text)
  }

  async caretToStart(name: FieldName): Promise<void> {
    await this.#moveCaret(name, 'Home')
  }

  async caretToEnd(name: FieldName): Promise<void> {
    await this.#moveCaret(name, 'End')
  }

  /**
   * Presses a key until the caret has moved. Some 20 ms after a click has focused an editor, ProseMirror puts the caret
   * back to the click, unless it has seen the next move by then. Only a test is that fast, so it checks and presses
   * again.
   */
  async #moveCaret(name: FieldName, key: 'Home' | 'End'): Promise<void> {
    await this.field(name).click()
    await expect(async () => {
      await this.page.keyboard.press(`ControlOrMeta+${key}`)
      expect(await this.field(name).evaluate(wordsBeyondCaret, key)).toBe('')
    }).toPass()
  }

  async paste(name: FieldName, text: string): Promise<void> {
    await this.field(name).click()
    await this.pasteHere(text)
  }

  /** Pastes plain text through the real clipboard, as from another program. */
  async pasteHere(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await this.page.keyboard.press('ControlOrMeta+V')
  }

  /** Selects the whole paragraph that holds `text`, presses Delete, then closes the gap. */
  async cutParagraph(text: string): Promise<void> {
    await this.paragraph(text).click({ clickCount: 3 })
    await this.page.keyboard.press('Backspace')
    await this.page.keyboard.press('Backspace')
    await expect(this.paragraph(text)).toHaveCount(0)
  }

  saveState(): Locator {
    return this.page.getByLabel('Story status').getByRole('status')
  }

  async isSavedToTheNewsroom(): Promise<void> {
    await expect(this.saveState()).toHaveText(NEWSROOM)
  }

  /** Returns the text of a field on screen, one line for each paragraph. */
  async words(name: FieldName): Promise<string[]> {
    const blocks = await this.field(name).locator(':scope > *').allTextContents()
    return blocks.filter((text) => text !== '')
  }
}

/** Closes the pages of a test. Open pages keep drawing and slow down all later tests. */
export async function closePages({ browser }: { browser: Browser }): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()))
}

/** Returns the text between the caret, once it has rested for some frames, and the start or end of the field. */
async function wordsBeyondCaret(field: HTMLElement | SVGElement, key: 'Home' | 'End'): Promise<string | null> {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const selection = getSelection()
  let place = ''
  for (let rested = 0; rested < 4; rested++) {
    await nextFrame()
    const { focusNode, focusOffset } = selection ?? {}
    const now = `${focusNode?.textContent ?? ''} ${focusOffset ?? 0}`
    if (now !== place) rested = 0
    place = now
  }
  if (selection?.focusNode == null || !field.contains(selection.focusNode)) return null
  const beyond = document.createRange()
  beyond.selectNodeContents(field)
  if (key === 'Home') beyond.setEnd(selection.focusNode, selection.focusOffset)
  else beyond.setStart(selection.focusNode, selection.focusOffset)
  return beyond.toString()
}
