import { expect, it } from 'vitest'
import { newsroomSchema } from '#shared/protocol/http.ts'
import { startTestNewsroom } from '#tests/support/newsroom.ts'

it('a real newsroom is started, killed, started again at the same address, and gone afterwards', async () => {
  await using newsroom = await startTestNewsroom()
  const ask = async () => newsroomSchema.parse(await (await fetch(`${newsroom.address}/api/newsroom`)).json())
  expect((await ask()).demo).toBe(true)
  await newsroom.kill()
  await expect(fetch(newsroom.address)).rejects.toThrow()
  await newsroom.restart()
  expect((await ask()).people).toHaveLength(3)
  await newsroom.stop()
  await expect(fetch(newsroom.address)).rejects.toThrow()
})
