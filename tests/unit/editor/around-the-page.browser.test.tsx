import axe from 'axe-core'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { setMeta } from '#shared/article/document.ts'
import type { KeptText } from '#renderer/collaboration/kept-text.ts'
import { message } from '#shared/messages/message.ts'
import { button, field, line, lines, MARIA, mod, openStory, press, typeIn } from './story-pages.tsx'

beforeEach(() => page.viewport(1200, 800))

const status = (text: string) => page.getByRole('status').filter({ hasText: text })
const link = (text: string, href: string) => ({ type: 'text' as const, text, marks: [{ type: 'link' as const, href }] })

describe('people in the story', () => {
  test('are listed by field', async () => {
    const story = openStory()
    story.theyAre({ field: 'headline' })
    await expect.element(page.getByText('Maria Georgiou is in the headline')).toBeVisible()
    story.theyAre({ field: null })
    await expect.element(page.getByText('Maria Georgiou is reading')).toBeVisible()
    story.theyAre(null)
    await expect.element(page.getByText('Maria Georgiou is reading')).not.toBeInTheDocument()
  })
  test('are shown in the margin of their field', async () => {
    const story = openStory()
    story.theyAre({ field: 'standfirst' })
    await expect.element(page.getByText('Maria Georgiou is in the standfirst')).toBeVisible()
    const marked = [...document.querySelectorAll('[data-field]')].filter((each) =>
      each.textContent.includes(MARIA.name),
    )
    expect(marked.map((each) => each.getAttribute('data-field'))).toEqual(['standfirst'])
  })
  test('are gone to when they are pressed, and my caret stays', async () => {
    const story = openStory({
      headline: lines('Salt'),
      body: lines(...Array.from({ length: 80 }, (_, n) => `Line ${n}.`)),
    })
    await userEvent.click(field('Headline'))
    story.theyAre({ field: 'body' })
    const body = document.querySelector('[data-field="body"]')
    const place = () => body?.getBoundingClientRect().top ?? 0
    const before = place()
    await userEvent.click(page.getByRole('button', { name: 'Maria Georgiou is in the body' }))
    await expect.poll(place).toBeLessThan(before)
    expect(story.iAm()).toMatchObject({ field: 'headline' })
    story.theyAre({ field: null })
    await expect
      .element(page.getByRole('button', { name: 'Maria Georgiou is reading' }))
      .toHaveAttribute('aria-disabled', 'true')
  })
  test('see where my caret is', async () => {
    const story = openStory()
    await userEvent.click(field('Byline'))
    expect(story.iAm()).toMatchObject({ field: 'byline', cursor: { field: 'byline' } })
    await userEvent.click(field('Body'))
    expect(story.iAm().field).toBe('body')
    await userEvent.click(button('Find in the story'))
    expect(story.iAm().field).toBe('body')
  })
  test('see when I leave the page', async () => {
    const elsewhere = document.createElement('button')
    elsewhere.textContent = 'Elsewhere'
    const story = openStory()
    document.body.prepend(elsewhere)
    onTestFinished(() => elsewhere.remove())
    await userEvent.click(field('Byline'))
    elsewhere.focus()
    expect(story.iAm().field).toBeNull()
  })
})

describe('the status bar', () => {
  test('shows one of three save states', async () => {
    const story = openStory()
    await expect.element(status('Saved to the newsroom')).toBeVisible()
    story.set({ save: { kind: 'computer' } })
    await expect.element(status('Saved on this computer')).toBeVisible()
    story.set({ save: { kind: 'offline', waiting: 14 }, connection: 'offline' })
    await expect.element(status('Offline: all changes saved on this computer')).toHaveAttribute('aria-live', 'polite')
  })
  test('counts the words of the body against the target', async () => {
    const story = openStory({ headline: lines('Not counted'), body: lines('One two three') })
    const words = page.getByTestId('words')
    await expect.element(words).toHaveTextContent('3 words')
    await typeIn('Body', ' four')
    await expect.element(words).toHaveTextContent('4 words')
    setMeta(story.theirDoc, { targetLength: 3 })
    await expect.element(words).toHaveTextContent('4 of 3 words, 1 over')
    await userEvent.tripleClick(page.getByText('One two three four'))
    await expect.element(words).toHaveTextContent('4 of 4 words selected')
  })
})

describe('before the page opens', () => {
  test('an outline is shown while it loads, without editors', async () => {
    const story = openStory({}, { phase: 'loading', complete: false })
    await expect.element(page.getByRole('status', { name: 'Opening the story' })).toBeVisible()
    expect(document.querySelector('.ProseMirror')).toBeNull()
    story.set({ phase: 'ready' })
    expect(document.querySelector('.ProseMirror')).toBeNull()
    story.set({ complete: true })
    await expect.element(field('Body')).toBeVisible()
  })
  test('a refusal shows the reason and a way back', async () => {
    openStory({}, { phase: 'refused', refusal: message('collaboration.not-allowed') })
    await expect.element(page.getByRole('alert')).toMatchTextContent('You’re not allowed to open this story.')
    await userEvent.click(button('Back to the desk'))
    expect(document.querySelector('[data-left]')).not.toBeNull()
  })
  test('a story that was never on this computer says so offline, and appears once online', async () => {
    const story = openStory({}, { complete: false, connection: 'offline' })
    await expect.element(page.getByRole('heading', { name: 'This story is not on this computer yet' })).toBeVisible()
    story.set({ connection: 'online', complete: true })
    await expect.element(field('Headline')).toBeVisible()
  })
})

describe('a read-only page', () => {
  const readOnly = message('collaboration.read-only')
  test('says why, rejects typing, and can be selected', async () => {
    const story = openStory({ headline: lines('Court'), body: lines('Nicosia') }, { readOnly })
    await expect.element(status('You can read this story but not change it at this stage.')).toBeVisible()
    await expect.element(field('Body')).toHaveAttribute('aria-readonly', 'true')
    await expect.element(field('Body')).toHaveAttribute('contenteditable', 'false')
    await userEvent.tripleClick(page.getByText('Nicosia'), { position: { x: 10, y: 12 } })
    await press('X')
    expect(document.getSelection()?.toString().trim()).toBe('Nicosia')
    expect(story.text('body')).toBe('Nicosia')
    await expect.element(button('Bold')).not.toBeInTheDocument()
    await expect.element(page.getByRole('button', { name: /options/ })).not.toBeInTheDocument()
  })
  test('becomes read-only and writable again while it is open', async () => {
    const story = openStory({ body: lines('Nicosia') })
    const body = field('Body')
    await userEvent.click(body)
    const before = body.element()
    story.set({ readOnly })
    await expect.element(body).toHaveAttribute('contenteditable', 'false')
    story.set({ readOnly: null })
    await expect.element(body).toHaveAttribute('contenteditable', 'true')
    expect(body.element()).toBe(before)
    await typeIn('Body', '!')
    expect(story.text('body')).toBe('Nicosia!')
  })
  test('with writable parts says so, and allows typing and undo only there', async () => {
    const story = openStory({
      headline: lines('Court'),
      figures: [{ id: 'one', picture: null, caption: lines('A pan'), credit: lines('') }],
    })
    await typeIn('Headline', '!')
    story.set({
      readOnly: message('collaboration.read-only-but', { parts: 'captions' }),
      writable: ['caption', 'credit'],
    })
    await expect.element(status('At this stage you can still edit captions.')).toBeVisible()
    await expect.element(field('Headline')).toHaveAttribute('aria-readonly', 'true')
    await expect.element(field('Caption')).toHaveAttribute('contenteditable', 'true')
    await typeIn('Caption', ' of salt')
    expect(story.text('caption:one')).toBe('A pan of salt')
    await mod('z')
    await mod('z')
    expect(story.text('caption:one')).toBe('A pan')
    expect(story.text('headline')).toBe('Court!')
    await expect.element(page.getByRole('button', { name: /options/ })).not.toBeInTheDocument()
  })
  test('is distinguished from a failing disk', async () => {
    openStory({}, { diskFault: { text: 'This computer’s disk is full.' } })
    await expect.element(page.getByRole('alert')).toMatchTextContent('This computer’s disk is full.')
    await expect.element(field('Body')).toHaveAttribute('contenteditable', 'true')
  })
})

describe('the tray of kept words', () => {
  const kept = (text: string, after: string, more: Partial<KeptText> = {}): KeptText => ({
    id: text,
    why: 'unsent',
    field: 'body',
    text,
    words: text.split(/\s+/).length,
    at: 0,
    after,
    ...more,
  })
  const putBack = () => userEvent.click(button('Put back'))

  test('shows the words and why they are kept', async () => {
    openStory({}, { kept: [kept('The mayor would pay.', '')] })
    await expect
      .element(page.getByText('4 words of yours in the body were not accepted by the newsroom.'))
      .toBeVisible()
    await expect.element(page.getByText('The mayor would pay.')).toBeVisible()
  })
  test('puts words back as a paragraph after the one they followed', async () => {
    const story = openStory({ body: lines('One.', 'Two.') }, { kept: [kept('Mine.', 'One.')] })
    await putBack()
    expect(story.text('body')).toBe('One.\nMine.\nTwo.')
    expect(story.session.state.getState().kept).toEqual([])
    await expect.element(page.getByText('Put back into the body.')).toBeVisible()
    expect(document.getSelection()?.toString()).toBe('Mine.')
  })
  test('puts words back in the middle of a sentence', async () => {
    const story = openStory(
      { body: lines('The order was signed by nobody.') },
      { kept: [kept('in March', 'was signed')] },
    )
    await putBack()
    expect(story.text('body')).toBe('The order was signed in March by nobody.')
  })
  test('puts several paragraphs back', async () => {
    const story = openStory({ body: lines('One.') }, { kept: [kept('Two.\nThree.', 'One.')] })
    await putBack()
    expect(story.text('body')).toBe('One.\nTwo.\nThree.')
  })
  test('puts words at the end when their place is gone', async () => {
    const story = openStory({ body: lines('One.', 'Two.') }, { kept: [kept('Mine.', 'Not in the story.')] })
    await putBack()
    expect(story.text('body')).toBe('One.\nTwo.\nMine.')
  })
  test('puts words into an empty field', async () => {
    const story = openStory({}, { kept: [kept('All of it', '', { field: 'headline' })] })
    await putBack()
    expect(story.text('headline')).toBe('All of it')
  })
  test('keeps a one-line field to one line', async () => {
    const story = openStory(
      { headline: lines('Court keeps pans') },
      { kept: [kept('at\nlast', 'keeps', { field: 'headline' })] },
    )
    await putBack()
    expect(story.text('headline')).toBe('Court keeps at last pans')
  })
  test('puts the words of a removed figure at the end of the body', async () => {
    const story = openStory({ body: lines('One.') }, { kept: [kept('The pans', '', { field: 'caption:gone' })] })
    await putBack()
    expect(story.text('body')).toBe('One.\nThe pans')
  })
  test('undoes putting back apart from earlier typing', async () => {
    const story = openStory({ body: lines('One.') }, { kept: [kept('Mine.', 'One.')] })
    await typeIn('Body', ' Typed.')
    await putBack()
    expect(story.text('body')).toMatch('Mine.')
    await mod('z')
    expect(story.text('body')).toBe('One. Typed.')
  })
  test('is dismissed, and never covers the page', async () => {
    const story = openStory({}, { kept: [kept('Mine.', '')] })
    const tray = page.getByRole('region', { name: 'Kept words' })
    await expect.element(tray).toBeVisible()
    const sheet = document.querySelector('[data-region=page]')
    expect(sheet?.getBoundingClientRect().bottom).toBeLessThanOrEqual(tray.element().getBoundingClientRect().top)
    await userEvent.click(tray.getByRole('button', { name: 'Dismiss' }))
    expect(story.session.state.getState().kept).toEqual([])
    expect(story.text('body')).toBe('')
  })
  test('copies the words to the clipboard on a read-only page', async () => {
    const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    onTestFinished(() => write.mockRestore())
    openStory({}, { kept: [kept('Mine.', '')], readOnly: message('collaboration.read-only') })
    await expect.element(button('Put back')).toBeDisabled()
    await userEvent.click(button('Copy'))
    expect(write).toHaveBeenCalledWith('Mine.')
    await expect.element(button('Copied')).toBeVisible()
  })
})

describe('formatting the body', () => {
  const html = () =>
    field('Body')
      .element()
      .innerHTML.replaceAll(/ (dir|class|data-\w+|style|rel)="[^"]*"/g, '')
  const selectAll = async () => {
    await userEvent.click(field('Body'))
    await mod('a')
  }
  test.each([
    ['Bold', '<p><strong>Salt</strong></p>'],
    ['Italic', '<p><em>Salt</em></p>'],
    ['Subhead', '<h2>Salt</h2>'],
    ['Quote', '<blockquote><p>Salt</p></blockquote>'],
    ['Bulleted list', '<ul><li><p>Salt</p></li></ul>'],
    ['Numbered list', '<ol><li><p>Salt</p></li></ol>'],
  ])('applies %s from the toolbar', async (name, made) => {
    openStory({ body: lines('Salt') })
    await selectAll()
    const tool = page.getByRole('toolbar', { name: 'Page tools' }).getByRole('button', { name, exact: true })
    await userEvent.click(tool)
    expect(html()).toBe(made)
    await expect.element(tool).toHaveAttribute('aria-pressed', 'true')
    expect(document.activeElement).toBe(field('Body').element())
  })
  test.each([
    ['b', '<p><strong>Salt</strong></p>'],
    ['i', '<p><em>Salt</em></p>'],
    ['{Alt>}2{/Alt}', '<h2>Salt</h2>'],
    ['{Alt>}3{/Alt}', '<h3>Salt</h3>'],
    ['{Shift>}b{/Shift}', '<blockquote><p>Salt</p></blockquote>'],
  ])('applies the shortcut Mod-%s', async (keys, made) => {
    openStory({ body: lines('Salt') })
    await selectAll()
    await mod(keys)
    expect(html()).toBe(made)
  })
  test('is disabled while the caret is in a plain field', async () => {
    openStory({ headline: lines('Salt') })
    await userEvent.click(field('Headline'))
    await expect.element(button('Bold')).toHaveAttribute('aria-disabled', 'true')
    await expect.element(button('Bold')).not.toHaveAttribute('aria-pressed', 'true')
  })
  test('shows the menu over a selection, and hides it after', async () => {
    openStory({ body: lines('Salt and water') })
    await userEvent.dblClick(page.getByText('Salt and water'), { position: { x: 10, y: 12 } })
    const menu = page.getByRole('toolbar', { name: 'Format the selection' })
    await expect.element(menu).toBeVisible()
    await userEvent.click(menu.getByRole('button', { name: 'Italic' }))
    await expect.element(menu.getByRole('button', { name: 'Italic' })).toHaveAttribute('aria-pressed', 'true')
    await userEvent.click(field('Headline'))
    await expect.element(menu).not.toBeInTheDocument()
  })
  test('links the selection, and says when an address is invalid', async () => {
    openStory({ body: lines('Salt') })
    await selectAll()
    await mod('k')
    const address = page.getByRole('textbox', { name: 'Link address' })
    await userEvent.fill(address, 'http://example.org')
    await press('{Enter}')
    await expect.element(page.getByRole('alert')).toHaveTextContent('A link must begin with https:// or mailto:')
    await userEvent.fill(address, 'example.org/salt')
    await press('{Enter}')
    expect(html()).toBe('<p><a href="https://example.org/salt">Salt</a></p>')
    await expect.element(field('Body')).toHaveFocus()
  })
  test('changes and removes the link at the caret', async () => {
    openStory({ body: [{ type: 'paragraph', content: [link('Salt', 'https://example.org/a')] }] })
    await userEvent.click(page.getByText('Salt'))
    await mod('k')
    const address = page.getByRole('textbox', { name: 'Link address' })
    await expect.element(address).toHaveValue('https://example.org/a')
    await userEvent.fill(address, 'https://example.org/b')
    await userEvent.click(button('Change link'))
    expect(html()).toBe('<p><a href="https://example.org/b">Salt</a></p>')
    await userEvent.click(page.getByText('Salt'))
    await mod('k')
    await userEvent.click(button('Remove link'))
    expect(html()).toBe('<p>Salt</p>')
  })
})

describe('find and replace', () => {
  const marked = () => [...document.querySelectorAll('.found')].map((each) => each.textContent)
  const salty = {
    headline: lines('Salt pans stay'),
    body: [line('The salt pans, and the SALT train.'), line('No salt.')],
  }
  const find = async (text: string) => {
    await mod('f')
    await userEvent.fill(page.getByRole('textbox', { name: 'Find', exact: true }), text)
  }
  test('marks and counts the matches in all fields', async () => {
    openStory(salty)
    await userEvent.click(field('Headline'))
    await press('{Home}')
    await find('salt')
    expect(marked()).toEqual(['Salt', 'salt', 'SALT', 'salt'])
    await expect.element(status('1 of 4')).toBeVisible()
    await press('{Enter}{Enter}')
    await expect.element(status('3 of 4')).toBeVisible()
    expect(document.querySelector('.found-current')?.textContent).toBe('SALT')
    await press('{Shift>}{Enter}{/Shift}')
    await expect.element(status('2 of 4')).toBeVisible()
    await userEvent.click(button('Match case'))
    expect(marked()).toEqual(['salt', 'salt'])
  })
  test('searches for the selection, and leaves the match selected', async () => {
    openStory(salty)
    await userEvent.dblClick(page.getByText('No salt.'), { position: { x: 35, y: 12 } })
    await mod('f')
    await expect.element(page.getByRole('textbox', { name: 'Find', exact: true })).toHaveValue('salt')
    await expect.element(status('4 of 4')).toBeVisible()
    await press('{Escape}')
    await expect.element(page.getByRole('search')).not.toBeInTheDocument()
    expect(marked()).toEqual([])
    expect(document.getSelection()?.toString()).toBe('salt')
  })
  test('follows typing', async () => {
    openStory(salty)
    await userEvent.click(field('Body'))
    await find('salt')
    await typeIn('Body', ' More salt.')
    await expect.element(status('of 5')).toBeVisible()
  })
  test('replaces one match, then all others as one step', async () => {
    const story = openStory(salty)
    await expect.element(field('Headline')).toBeVisible()
    await userEvent.click(field('Headline'))
    await press('{Home}')
    await mod('{Alt>}f{/Alt}')
    await userEvent.fill(page.getByRole('textbox', { name: 'Find', exact: true }), 'salt')
    await userEvent.fill(page.getByRole('textbox', { name: 'Replace with' }), 'pepper')
    await userEvent.click(button('Replace'))
    expect(story.text('headline')).toBe('pepper pans stay')
    await userEvent.click(button('Replace all'))
    expect([story.text('headline'), story.text('body')]).toEqual([
      'pepper pans stay',
      'The pepper pans, and the pepper train.\nNo pepper.',
    ])
    await expect.element(status('Replaced 3 matches.')).toBeVisible()
    await userEvent.click(page.getByRole('toolbar').getByRole('button', { name: 'Undo' }))
    expect([story.text('headline'), story.text('body')]).toEqual([
      'pepper pans stay',
      'The salt pans, and the SALT train.\nNo salt.',
    ])
  })
  test('replaces in several fields as one step', async () => {
    const story = openStory(salty)
    await userEvent.click(field('Headline'))
    await press('{Home}')
    await mod('{Alt>}f{/Alt}')
    await userEvent.fill(page.getByRole('textbox', { name: 'Find', exact: true }), 'pans')
    await userEvent.fill(page.getByRole('textbox', { name: 'Replace with' }), '$& {x}')
    await userEvent.click(button('Replace all'))
    expect([story.text('headline'), story.text('body')]).toEqual([
      'Salt $& {x} stay',
      'The salt $& {x}, and the SALT train.\nNo salt.',
    ])
    await userEvent.click(page.getByRole('toolbar').getByRole('button', { name: 'Undo' }))
    expect([story.text('headline'), story.text('body')]).toEqual([
      'Salt pans stay',
      'The salt pans, and the SALT train.\nNo salt.',
    ])
  })
})

describe('the whole story', () => {
  test('is said to be saved when Save is pressed, and where', async () => {
    const story = openStory({ headline: lines('Salt') })
    await userEvent.click(field('Headline'))
    await userEvent.keyboard('{Control>}s{/Control}')
    await expect.element(status('Everything is saved to the newsroom.')).toBeVisible()
    story.set({ save: { kind: 'offline', waiting: 3 }, connection: 'offline' })
    await userEvent.keyboard('{Control>}s{/Control}')
    await expect.element(status('all changes are saved on this computer')).toBeVisible()
  })

  test('is copied as formatted and plain text, in page order', async () => {
    const written: ClipboardItem[] = []
    const write = vi
      .spyOn(navigator.clipboard, 'write')
      .mockImplementation((items) => Promise.resolve(void written.push(...items)))
    onTestFinished(() => write.mockRestore())
    const { window } = openStory({
      headline: lines('Salt & <pans>'),
      byline: lines('By Yusuf'),
      body: [{ type: 'paragraph', content: [link('Report', 'https://example.org/')] }],
    })
    await expect.element(field('Body')).toBeVisible()
    expect(window.commands.run('story.copy')).toBe(true)
    await expect.element(status('Story copied.')).toBeVisible()
    const read = async (type: string) => (await written[0]?.getType(type))?.text()
    expect(await read('text/plain')).toBe('Salt & <pans>\n\nBy Yusuf\n\nReport\n')
    expect(await read('text/html')).toMatch('<h1>Salt &amp; &lt;pans&gt;</h1>\n<p>By Yusuf</p>\n<p><a')
  })
})

describe('accessibility', () => {
  test.each(['light', 'dark'])('axe finds no violations in the %s theme', async (theme) => {
    document.documentElement.dataset['theme'] = theme
    onTestFinished(() => {
      delete document.documentElement.dataset['theme']
    })
    const story = openStory(
      {
        headline: lines('Salt pans'),
        figures: [{ id: 'a', picture: null, caption: lines('At dusk'), credit: [] }],
        body: [
          line('The salt pans.'),
          { type: 'heading', level: 2, content: [{ type: 'text', text: 'Subhead', marks: [] }] },
        ],
        meta: { section: 'World', targetLength: 100 },
      },
      {
        save: { kind: 'offline', waiting: 3 },
        connection: 'offline',
        diskFault: { text: 'The disk is full.' },
        kept: [{ id: 'k', why: 'unsent', field: 'body', text: 'Mine.', words: 1, at: 0, after: '' }],
      },
    )
    story.theyAre({ field: 'headline' })
    await expect.element(page.getByText('Maria Georgiou is in the headline')).toBeVisible()
    await mod('f')
    await expect.element(page.getByRole('search')).toBeVisible()
    const { violations } = await axe.run(document.body, {
      // The document around the page belongs to the app.
      rules: { region: { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual([])
  })
})
