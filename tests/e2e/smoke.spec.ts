import { expect, test } from '@playwright/test'
import { startTestNewsroom } from '#tests/support/newsroom.ts'

const HEADLINE = 'After 171 years, the keepers of Skerra Light are going home'

test('lets the demo reporter sign in, open a story and read its headline', async ({ page }) => {
  await using newsroom = await startTestNewsroom()
  await page.goto(newsroom.address)
  await page.getByLabel('Email').fill('reporter@demo.example')
  await page.getByLabel('Password').fill('galley-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('link', { name: HEADLINE }).first().click()
  await expect(page.getByRole('textbox', { name: 'Headline' })).toHaveText(HEADLINE)
})
