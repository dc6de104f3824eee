/**
 * `npm run screenshots`: takes the README's pictures of the running app in light and dark and in two widths. With `--all`,
 * from 320 to 1920 pixels and in both languages. With `--pseudo`, in the pseudo-language, and lists the texts that do not
 * fit; exits with 1 if there are any. Build first.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { expect } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '#tests/support/chromium.ts'
import { cutTexts } from './cut-texts.ts'
import { tour } from './tour.ts'

const FOLDER = join(import.meta.dirname, '../../docs/screenshots')
const SIZES = { 320: 700, 720: 450, 1024: 768, 1440: 900, 1920: 1080 }

interface Look {
  scheme: 'light' | 'dark'
  width: keyof typeof SIZES
}
const SCHEMES = ['light', 'dark'] as const
const looks = (widths: readonly Look['width'][], schemes: readonly Look['scheme'][] = SCHEMES): Look[] =>
  widths.flatMap((width) => schemes.map((scheme) => ({ scheme, width })))
const ALL = [320, 720, 1024, 1440, 1920] as const

async function shoot(page: Page, name: string, { scheme, width }: Look): Promise<void> {
  await page.setViewportSize({ width, height: SIZES[width] })
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(FOLDER, `${name}-${scheme}-${width}.png`) })
}

/** Chooses a language in another window, which the page follows: what is open stays open. */
async function speak(page: Page, language: string): Promise<void> {
  const other = await page.context().newPage()
  await other.goto(new URL('/api/newsroom', page.url()).href)
  await other.evaluate((chosen) => localStorage.setItem('galley.language', chosen), language)
  await expect(page.locator('html')).toHaveAttribute('lang', language)
  await other.close()
}

/** Shows the page in a language, and then in English at its first size again, which the tour goes on with. */
async function inLanguage(page: Page, language: string, look: () => Promise<void>): Promise<void> {
  const size = page.viewportSize()
  await speak(page, language)
  await look()
  if (size !== null) await page.setViewportSize(size)
  await speak(page, 'en')
}

async function take(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  for (const look of looks([1440, 1024])) await shoot(page, name, look)
  if (size !== null) await page.setViewportSize(size)
  process.stdout.write(`${name}\n`)
}

async function takeAll(page: Page, name: string): Promise<void> {
  for (const language of ['en', 'el']) {
    await inLanguage(page, language, async () => {
      for (const look of looks(ALL)) await shoot(page, `${name}-${language}`, look)
    })
  }
  process.stdout.write(`${name}\n`)
}

let cut = 0

async function takeInPseudo(page: Page, name: string): Promise<void> {
  await inLanguage(page, 'en-XA', async () => {
    for (const look of looks(ALL, ['light'])) {
      await shoot(page, `${name}-pseudo`, look)
      const texts = await page.evaluate(cutTexts)
      process.stdout.write(`${name} at ${look.width}: ${texts.length === 0 ? 'all texts fit' : ''}\n`)
      for (const text of texts) process.stdout.write(`  ${text}\n`)
      cut += texts.length
    }
  })
}

const way = process.argv.includes('--pseudo') ? takeInPseudo : process.argv.includes('--all') ? takeAll : take
const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) })
try {
  await mkdir(FOLDER, { recursive: true })
  await tour(browser, way)
} finally {
  await browser.close()
}
process.exitCode = cut === 0 ? 0 : 1
