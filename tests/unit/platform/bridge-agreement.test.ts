/**
 * The renderer may not import electron/, so the bridge between them is written down on both sides. This file does not
 * compile unless each side's words fit the other's.
 */
import { expectTypeOf, it } from 'vitest'
import type { Bridge } from '#electron/bridge.ts'
import type { DesktopBridge } from '#renderer/platform/desktop.ts'

it('is the same bridge on both sides', () => {
  expectTypeOf<Bridge>().toEqualTypeOf<DesktopBridge>()
  expectTypeOf<Bridge>().toExtend<DesktopBridge>()
  expectTypeOf<DesktopBridge>().toExtend<Bridge>()
})
