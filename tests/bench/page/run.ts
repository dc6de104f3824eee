/**
 * A process for one measurement of the page: `run.ts PLAN`, as JSON. A person types into the real app in Chromium, served by
 * a real newsroom. Prints what came of it. The app must be built.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium, type CDPSession, type Page } from 'playwright'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { z } from 'zod'
import type { Paragraph } from '#shared/article/article.ts'
import { readArticle } from '#shared/article/read.ts'
import { seedStory } from '#shared/article/seed.ts'
import { writeArticle } from '#shared/article/write.ts'
import { encodeUpdateFrame, GALLEY_PROTOCOL, MESSAGE_ACKNOWLEDGE } from '#shared/protocol/frames.ts'
import { NewsroomPage } from '#tests/e2e/support/newsroom-page.ts'
import { type App, openApp } from '#tests/integration/newsroom/app.ts'
import { CHROMIUM_ARGS, findChromium } from '#tests/support/chromium.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'
import { Latencies } from '../measure.ts'
import { randomNumbers } from '../random.ts'
import { type KeyTime, readKeys, recordKeys, resetKeys } from './key-times.ts'
import { othersType } from './others.ts'
import { paragraphEnds } from './paragraph-ends.ts'

const planSchema = z.object({
  page: z.string(),
  words: z.number(),
  others: z.number(),
  keys: z.number(),
  warmKeys: z.number(),
})
type Plan = z.infer<typeof planSchema>

const WORDS_A_PARAGRAPH = 45
const KEYS_PER_SECOND = 8
/** Of each of the others. */
const STROKES_PER_SECOND = 5
const SLUG = 'HARBOUR'

const plan = planSchema.parse(JSON.parse(process.argv[2] ?? ''))
process.stdout.write(JSON.stringify(await (plan.page === 'galley' ? measure(plan) : measureFloor(plan))))

async function measure(plan: Plan) {
  await using newsroom = await startTestNewsroom()
  const browser = await launch()
  try {
    const app = await openApp(newsroom.address, 'reporter')
    const { storyId, doc } = await fileStory(newsroom.address, app, plan.words)
    const reporter = await NewsroomPage.signIn(browser, newsroom.address, 'reporter@demo.example')
    const { page } = reporter
    await page.setViewportSize({ width: 1440, height: 900 })
    await recordKeys(page)
    await page.reload()
    await page.locator('[data-queue-row]', { hasText: SLUG }).click()
    const ends = paragraphEnds(doc)
    await reporter
      .field('Body')
      .locator('p')
      .nth(ends.length - 1)
      .waitFor()

    const mine = Math.floor(ends.length / 2)
    await reporter.field('Body').locator('p').nth(mine).click()
    await page.keyboard.press('End')
    const theirs = ends.filter((_, index) => index !== mine)
    const chosen = Array.from(
      { length: plan.others },
      (_, index) => theirs[Math.floor((index * theirs.length) / plan.others)],
    )
    const others = await othersType(newsroom.address, app, {
      storyId,
      ends: chosen.flatMap((end) => end ?? []),
      strokes: STROKES_PER_SECOND,
      seconds: (plan.keys + plan.warmKeys) / KEYS_PER_SECOND + 60,
    })
    const outcome = await typeInto(page, plan)
    await others.stop()
    return outcome
  } finally {
    await browser.close()
  }
}

/** The same keys in the same words, in a page that has no program. */
async function measureFloor(plan: Plan) {
  const browser = await launch()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await recordKeys(page)
    await page.goto('data:text/html,<!doctype html><title>Floor</title>')
    await page.evaluate((texts) => {
      const field = document.createElement('div')
      field.contentEditable = 'true'
      field.style.cssText = 'width: 640px; white-space: pre-wrap'
      for (const text of texts) field.appendChild(document.createElement('p')).textContent = text
      document.body.append(field)
    }, texts(plan.words))
    const all = page.locator('p')
    await all.nth(Math.floor((await all.count()) / 2)).click()
    await page.keyboard.press('End')
    return await typeInto(page, plan)
  } finally {
    await browser.close()
  }
}

function launch(): Promise<Browser> {
  const executablePath = findChromium()
  return chromium.launch({ args: CHROMIUM_ARGS, ...(executablePath === null ? {} : { executablePath }) })
}

async function typeInto(page: Page, plan: Plan) {
  await type(page, plan.warmKeys, 1)
  await resetKeys(page)
  const stopProfile = await startProfile(page)
  await type(page, plan.keys, 2)
  await stopProfile()
  const { keys, inp } = await readKeys(page)
  const problems = keys.length === plan.keys ? [] : [`${keys.length} of ${plan.keys} keys were seen to be painted`]
  return { figures: { ...summary(keys), inp }, problems }
}

/** A story that has so many words. */
async function fileStory(address: string, app: App, words: number): Promise<{ storyId: string; doc: Y.Doc }> {
  const storyId = randomUUID()
  const { slug } = await app.createStory(storyId)
  if (slug !== SLUG) throw new Error(`The story is called ${slug}`)
  const doc = new Y.Doc()
  seedStory(doc)
  const body = texts(words).map(paragraph)
  writeArticle(doc, { ...readArticle(doc), headline: [paragraph('Ferries stop as the strike begins')], body })

  const parameters = new URLSearchParams({ ticket: await app.ticket(storyId), galley: String(GALLEY_PROTOCOL) })
  const socket = new WebSocket(`${address.replace('http', 'ws')}/relay/${storyId}?${parameters.toString()}`)
  await new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => socket.send(encodeUpdateFrame(Y.encodeStateAsUpdate(doc))))
    socket.on('message', (frame) => {
      if (frame instanceof Uint8Array && frame[0] === MESSAGE_ACKNOWLEDGE) resolve(null)
    })
  })
  socket.terminate()
  return { storyId, doc }
}

/** A body's paragraphs. */
function texts(words: number): string[] {
  const random = randomNumbers(5)
  const word = () =>
    Array.from({ length: 3 + Math.floor(random() * 6) }, () =>
      String.fromCharCode(97 + Math.floor(random() * 26)),
    ).join('')
  return Array.from({ length: Math.ceil(words / WORDS_A_PARAGRAPH) }, () =>
    Array.from({ length: WORDS_A_PARAGRAPH }, word).join(' '),
  )
}

function paragraph(text: string): Paragraph {
  return { type: 'paragraph', content: [{ type: 'text', text, marks: [] }] }
}

/** Types as a person does: unevenly, and without waiting for the page. */
async function type(page: Page, keys: number, seed: number): Promise<void> {
  const random = randomNumbers(seed)
  const interval = 1000 / KEYS_PER_SECOND
  const began = performance.now()
  const pressed: Promise<void>[] = []
  for (let key = 0; key < keys; key++) {
    await delay(Math.max(0, began + (key + 0.8 * random()) * interval - performance.now()))
    pressed.push(page.keyboard.press(random() < 0.17 ? 'Space' : String.fromCharCode(97 + Math.floor(random() * 26))))
  }
  await Promise.all(pressed)
  // The last key's frame.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))
}

function summary(keys: readonly KeyTime[]): Record<string, number> {
  return Object.fromEntries(
    (['worked', 'handled', 'painted'] as const).flatMap((kind): [string, number][] => {
      const latencies = new Latencies()
      for (const key of keys) latencies.record(key[kind])
      return [
        [`${kind} p50`, latencies.percentile(0.5)],
        [`${kind} p95`, latencies.percentile(0.95)],
        [`${kind} p99`, latencies.percentile(0.99)],
        [`${kind} max`, Math.max(...keys.map((key) => key[kind]))],
      ]
    }),
  )
}

/** With BENCH_CPU_PROFILE, a folder: profiles the page. Returns what ends that. */
async function startProfile(page: Page): Promise<() => Promise<void>> {
  const folder = process.env['BENCH_CPU_PROFILE']
  if (folder === undefined) return async () => {}
  const devtools: CDPSession = await page.context().newCDPSession(page)
  await devtools.send('Profiler.enable')
  await devtools.send('Profiler.setSamplingInterval', { interval: 200 })
  await devtools.send('Profiler.start')
  return async () => {
    const { profile } = await devtools.send('Profiler.stop')
    await mkdir(folder, { recursive: true })
    await writeFile(
      join(folder, `${plan.page}-${plan.words}-words-${plan.others}-others.cpuprofile`),
      JSON.stringify(profile),
    )
  }
}
