/** The app as a person drives it: by the names that are on screen. */
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

  /** Opens the app in a browser profile of its own and signs in as one of the demo's people. */
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

  /** Puts the caret into a field and types as fast as a keyboard sends. */
  async type(name: FieldName, text: string): Promise<void> {
    await this.field(name).click()
    await this.page.keyboard.type(text)
  }

  async caretToStart(name: FieldName): Promise<void> {
    await this.field(name).click()
    await this.page.keyboard.press('ControlOrMeta+Home')
  }

  async caretToEnd(name: FieldName): Promise<void> {
    await this.field(name).click()
    await this.page.keyboard.press('ControlOrMeta+End')
  }

  async paste(name: FieldName, text: string): Promise<void> {
    await this.field(name).click()
    await this.pasteHere(text)
  }

  /** Pastes plain text, as from another program, through the real clipboard. */
  async pasteHere(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await this.page.keyboard.press('ControlOrMeta+V')
  }

  /** Selects all of the paragraph that holds `text` and presses Delete, then closes the gap. */
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
    await expect(this.saveState()).toHaveText(NEWSROOM, { timeout: 30_000 })
  }

  /** The words of a field as they stand on screen, one paragraph a line. */
  async words(name: FieldName): Promise<string[]> {
    const blocks = await this.field(name).locator(':scope > *').allTextContents()
    return blocks.filter((text) => text !== '')
  }
}
