/**
 * `npm run screenshots`: takes the README's pictures of the running app in light and dark and in two widths.
 * `npm run screenshots -- --pseudo` takes them in the pseudo-language, in a narrow width too, and lists the texts that
 * do not fit; exits with 1 if there are any. Build first.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { expect } from '@playwright/test'
import { CHROMIUM_ARGS, findChromium } from '#tests/support/chromium.ts'
import { cutTexts } from './cut-texts.ts'
import { tour } from './tour.ts'

const FOLDER = join(import.meta.dirname, '../../docs/screenshots')
const LOOKS = [
  { scheme: 'light', width: 1440, height: 900 },
  { scheme: 'dark', width: 1440, height: 900 },
  { scheme: 'light', width: 1024, height: 768 },
  { scheme: 'dark', width: 1024, height: 768 },
] as const
const PSEUDO_LOOKS = [LOOKS[0], LOOKS[2], { scheme: 'light', width: 480, height: 900 }] as const

type Look = (typeof LOOKS | typeof PSEUDO_LOOKS)[number]

async function shoot(page: Page, name: string, { scheme, width, height }: Look): Promise<void> {
  await page.setViewportSize({ width, height })
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

async function take(page: Page, name: string): Promise<void> {
  for (const look of LOOKS) await shoot(page, name, look)
  process.stdout.write(`${name}\n`)
}

let cut = 0

async function takeInPseudo(page: Page, name: string): Promise<void> {
  await speak(page, 'en-XA')
  for (const look of PSEUDO_LOOKS) {
    await shoot(page, `${name}-pseudo`, look)
    const texts = await page.evaluate(cutTexts)
    process.stdout.write(`${name} at ${look.width}: ${texts.length === 0 ? 'all texts fit' : ''}\n`)
    for (const text of texts) process.stdout.write(`  ${text}\n`)
    cut += texts.length
  }
  await page.setViewportSize({ width: LOOKS[0].width, height: LOOKS[0].height })
  await speak(page, 'en')
}

const executablePath = findChromium()
const browser = await chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) })
try {
  await mkdir(FOLDER, { recursive: true })
  await tour(browser, process.argv.includes('--pseudo') ? takeInPseudo : take)
} finally {
  await browser.close()
}
process.exitCode = cut === 0 ? 0 : 1
