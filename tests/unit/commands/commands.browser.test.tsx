import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { userEvent } from 'vitest/browser'
import { createCommands, type Command, type Commands } from '#renderer/commands/commands.ts'
import { focusRegion, rememberFocus } from '#renderer/window/regions.ts'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { mount } from '../ui/mount.tsx'

let ran: string[] = []
let commands: Commands

beforeEach(() => {
  ran = []
  const { onShortcut } = (commands = createCommands())
  window.addEventListener('keydown', onShortcut)
  return () => window.removeEventListener('keydown', onShortcut)
})

/** Registers a command that notes its label when it runs. Returns the function that removes it. */
function command(label: string, rest: Partial<Command> = {}): () => void {
  return commands.register([{ id: `test.${label}`, label, group: 'Story', run: () => ran.push(label), ...rest }])
}

const available = () => commands.available().map(({ label }) => label)

describe('the registry', () => {
  test('runs a command by its id and returns whether it ran', () => {
    command('one')
    expect(commands.run('test.one')).toBe(true)
    expect(commands.run('test.two')).toBe(false)
    expect(ran).toEqual(['one'])
  })

  test('has a command only while it is registered', () => {
    const remove = command('one')
    remove()
    expect(available()).toEqual([])
  })

  test('uses the latest command with an id, and the previous one once that is removed', () => {
    command('page')
    const remove = command('dialog', { id: 'test.page' })
    expect(available()).toEqual(['dialog'])
    remove()
    expect(available()).toEqual(['page'])
  })

  test('offers and runs only available commands', () => {
    let may = false
    command('one', { when: () => may })
    expect(commands.run('test.one')).toBe(false)
    may = true
    expect(commands.run('test.one')).toBe(true)
  })
})

describe('a shortcut', () => {
  const press = (keys: string) => userEvent.keyboard(keys)

  test('runs its command', async () => {
    command('one', { shortcuts: ['Alt-Shift-N'] })
    await press('{Alt>}{Shift>}N{/Shift}{/Alt}')
    expect(ran).toEqual(['one'])
  })

  test('skips a command that is not available', async () => {
    command('below', { shortcuts: ['F6'] })
    command('above', { shortcuts: ['F6'], when: () => false })
    await press('{F6}')
    expect(ran).toEqual(['below'])
  })

  test('is left to the element that handled the key', async () => {
    command('one', { shortcuts: ['F6'] })
    const take = (event: Event) => event.preventDefault()
    document.body.addEventListener('keydown', take)
    onTestFinished(() => document.body.removeEventListener('keydown', take))
    await press('{F6}')
    expect(ran).toEqual([])
  })

  test('does nothing behind an open dialog, unless the command allows it', async () => {
    command('page', { shortcuts: ['F6'] })
    command('everywhere', { shortcuts: ['F7'], inDialogs: true })
    mount(<Dialog open title="A dialog" onOpenChange={() => undefined} />)
    await expect.poll(() => document.querySelector('[role="dialog"]')).not.toBeNull()
    await press('{F6}{F7}')
    expect(ran).toEqual(['everywhere'])
  })
})

describe('F6', () => {
  function panes() {
    document.addEventListener('focusin', rememberFocus)
    onTestFinished(() => document.removeEventListener('focusin', rememberFocus))
    mount(
      <>
        <aside data-region="queue">
          <button>Desk</button>
          <button data-region-start="">Story</button>
        </aside>
        <aside data-region="folded" style={{ display: 'none' }}>
          <button>Hidden</button>
        </aside>
        <main data-region="page">
          <button>Bold</button>
          <div contentEditable suppressContentEditableWarning tabIndex={0}>
            Headline
          </div>
        </main>
        <aside data-region="empty">Nothing to focus</aside>
      </>,
    )
    return expect.poll(() => document.querySelector('[data-region="empty"]')).not.toBeNull()
  }
  const at = () => document.activeElement?.textContent
  const go = (...steps: (1 | -1)[]) =>
    steps.map((step) => {
      focusRegion(document, step)
      return at()
    })

  test('moves through the visible regions, to the start of each', async () => {
    await panes()
    expect(go(1, 1, 1)).toEqual(['Story', 'Headline', 'Story'])
    expect(go(-1, -1)).toEqual(['Headline', 'Story'])
  })

  test('returns to where the focus was in a region', async () => {
    await panes()
    await userEvent.click(document.querySelector('[data-region="page"] button') as Element)
    expect(go(1, 1)).toEqual(['Story', 'Bold'])
  })
})
