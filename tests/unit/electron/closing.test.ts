import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { closingQuestion, guardClosing, LEAVE_BUTTON } from '#electron/main/closing.ts'
import { crashQuestion, recoverFromCrash, REOPEN_BUTTON } from '#electron/main/crash.ts'
import { inEnglish } from '#shared/messages/english.ts'

/** A guarded window; `answer` is what the person says when asked. */
function guarded(answer: 'stay' | 'leave') {
  const window = Object.assign(new EventEmitter(), { webContents: new EventEmitter() })
  let asked = 0
  const guard = guardClosing(window, () => {
    asked++
    return answer === 'leave'
  })
  const prevented = (target: EventEmitter, event: string): boolean => {
    let was = false
    target.emit(event, { preventDefault: () => (was = true) })
    return was
  }
  return {
    guard,
    /** Whether the window closes; with `pageAsks`, its page has a beforeunload of its own. */
    close: (pageAsks = false): boolean => {
      if (prevented(window, 'close')) return false
      return !pageAsks || prevented(window.webContents, 'will-prevent-unload')
    },
    reload: (): boolean => prevented(window.webContents, 'will-prevent-unload'),
    happens: (event: string) => window.webContents.emit(event),
    asked: () => asked,
  }
}

describe('closing the window', () => {
  it('asks nothing while everything is saved', () => {
    const { close, asked } = guarded('stay')
    expect([close(), asked()]).toEqual([true, 0])
  })

  it('asks while words are unsaved, and stays when told so', () => {
    const { guard, close, asked } = guarded('stay')
    guard.setUnsaved(true)
    expect([close(), close(), asked(), guard.unsaved()]).toEqual([false, false, 2, true])
    guard.setUnsaved(false)
    expect([close(), asked()]).toEqual([true, 2])
  })

  it('asks once, though both main and the page would', () => {
    const { guard, close, asked } = guarded('leave')
    guard.setUnsaved(true)
    expect([close(true), asked()]).toEqual([true, 1])
  })

  it('asks when only the page knows, at a reload too', () => {
    const staying = guarded('stay')
    expect([staying.reload(), staying.close(true), staying.asked()]).toEqual([false, false, 2])
    const leaving = guarded('leave')
    expect([leaving.reload(), leaving.asked()]).toEqual([true, 1])
  })

  it.each(['did-navigate', 'render-process-gone'])('no longer asks after %s', (event) => {
    const { guard, close, happens, asked } = guarded('stay')
    guard.setUnsaved(true)
    happens(event)
    expect([close(), asked()]).toEqual([true, 0])
  })

  it('keeps the words on Return and on Escape', () => {
    const { buttons, defaultId, cancelId } = closingQuestion(inEnglish)
    expect([buttons[defaultId], buttons[cancelId]]).toEqual(['Stay', 'Stay'])
    expect(buttons[LEAVE_BUTTON]).toContain('lose')
  })
})

describe('a page that stopped working', () => {
  function crash(reason: string, answer: boolean): string[] {
    const contents = new EventEmitter()
    const done: string[] = []
    recoverFromCrash(
      contents,
      () => answer,
      () => done.push('reopened'),
      () => done.push('closed'),
    )
    contents.emit('render-process-gone', {}, { reason })
    return done
  }

  it('is opened again, or closed, as the person says', () => {
    expect([crash('crashed', true), crash('oom', false)]).toEqual([['reopened'], ['closed']])
    expect(crashQuestion(inEnglish).buttons[REOPEN_BUTTON]).toBe('Reopen')
  })

  it('is let go when it ended by itself', () => expect(crash('clean-exit', true)).toEqual([]))
})
