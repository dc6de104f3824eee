import { describe, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { ApiError } from '#renderer/api/api-error.ts'
import { Toasts } from '#renderer/ui/Toasts.tsx'
import { StoryActions, type StoryActionsProps } from '#renderer/story/actions/StoryActions.tsx'
import type { Role, Stage } from '#shared/story/workflow.ts'
import { createWindowState } from '#renderer/window/WindowState.tsx'
import { languageChoice, mount } from '../ui/mount.tsx'

/** Shows the actions of a person in this role on a story at this stage. */
function open(role: Role, stage: Stage, props: Partial<StoryActionsProps> = {}) {
  const move = vi.fn<StoryActionsProps['move']>(() => Promise.resolve())
  const onPublish = vi.fn()
  const onKill = vi.fn()
  const publishedVersion = stage === 'published' ? 1 : null
  const windowState = createWindowState(window)
  mount(
    <>
      <StoryActions
        story={{ id: 'a-story', slug: 'ferry-strike', stage, publishedVersion }}
        desk="World"
        person={{ role }}
        blocked={null}
        move={move}
        onPublish={onPublish}
        onKill={onKill}
        {...props}
      />
      <Toasts />
    </>,
    languageChoice(),
    windowState,
  )
  return { move, onPublish, onKill, commands: windowState.commands }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const more = () => button('More actions')
const labels = () =>
  page
    .getByRole('button')
    .elements()
    .map((each) => each.getAttribute('aria-label') ?? each.textContent)
    .filter((label) => label !== 'Dismiss')

describe('the one next action', () => {
  test.each<[Role, Stage, string[]]>([
    ['reporter', 'draft', ['File']],
    ['editor', 'draft', ['File', 'More actions']],
    ['editor', 'filed', ['Ready', 'More actions']],
    ['editor', 'ready', ['More actions']],
    ['wire', 'ready', ['Publish', 'More actions']],
    ['wire', 'published', ['Publish update', 'More actions']],
    ['editor', 'published', []],
    ['wire', 'killed', []],
    ['editor', 'spiked', ['Restore']],
  ])('of a %s at %s', async (role, stage, expected) => {
    open(role, stage)
    await expect.poll(labels).toEqual(expected)
  })

  test('of a reporter who has filed is nothing at all', async () => {
    open('reporter', 'filed')
    await expect.poll(labels).toEqual([])
  })

  test('moves the story, and says what it is now', async () => {
    const { move } = open('reporter', 'draft')
    await button('File').click()
    expect(move).toHaveBeenCalledExactlyOnceWith('file')
    await expect.element(page.getByText('Filed to World').first()).toBeVisible()
  })

  test('is a command too, under the name of what it does', async () => {
    const { onPublish, commands } = open('wire', 'ready')
    await expect.poll(() => commands.available().map(({ label }) => label)).toContain('Publish this story…')
    commands.run('story.next-action')
    expect(onPublish).toHaveBeenCalledTimes(1)
  })

  test('that the newsroom refuses says why', async () => {
    open('reporter', 'draft', {
      move: () => Promise.reject(new ApiError('conflict', { text: 'It is filed already.' })),
    })
    await button('File').click()
    await expect.element(page.getByText('It is filed already.').first()).toBeVisible()
  })

  test('waits while it cannot be done, and so does its command', async () => {
    const { move, commands } = open('reporter', 'draft', { blocked: 'Offline.' })
    await expect.element(button('File')).toHaveAttribute('aria-disabled', 'true')
    ;(button('File').element() as HTMLElement).click()
    expect(commands.run('story.next-action')).toBe(false)
    expect(move).not.toHaveBeenCalled()
  })
})

describe('what is out', () => {
  const choose = async (label: string) => {
    const opened = open('wire', 'published')
    await more().click()
    await page.getByRole('menuitem', { name: label }).click()
    return opened
  }

  test('is corrected from the menu', async () => {
    const { onPublish } = await choose('Correct…')
    expect(onPublish).toHaveBeenCalledExactlyOnceWith('correction')
  })

  test('is killed from there too, and nowhere by a single key', async () => {
    const { onKill, commands } = await choose('Kill…')
    expect(onKill).toHaveBeenCalledTimes(1)
    expect(commands.available().find(({ id }) => id === 'story.kill')?.shortcuts).toBeUndefined()
  })
})

describe('spiking', () => {
  async function ask() {
    const opened = open('editor', 'filed')
    await more().click()
    await page.getByRole('menuitem', { name: 'Spike' }).click()
    await expect.element(page.getByRole('alertdialog')).toBeVisible()
    return opened
  }

  test('is asked first', async () => {
    const { move } = await ask()
    expect(move).not.toHaveBeenCalled()
    await button('Spike').click()
    expect(move).toHaveBeenCalledExactlyOnceWith('spike')
  })

  test('can be thought better of', async () => {
    const { move } = await ask()
    await button('Cancel').click()
    await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
    expect(move).not.toHaveBeenCalled()
  })
})

test('a dialog that was opened from the menu gives the focus back to the menu’s button', async () => {
  open('editor', 'ready')
  await more().click()
  await page.getByRole('menuitem', { name: /Spike/ }).click()
  await button('Cancel').click()
  await expect.element(more()).toHaveFocus()
})
