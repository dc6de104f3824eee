/** The floor: sends every frame to all other sockets of its story. It does not know Yjs, and keeps nothing. */
import type { WebSocket } from 'ws'
import { obey } from './control.ts'
import { listen, storyOf } from './listen.ts'

const stories = new Map<string, Set<WebSocket>>()

const { port, close } = await listen((socket, request) => {
  const story = storyOf(request)
  const members = stories.get(story) ?? new Set()
  stories.set(story, members.add(socket))
  socket.on('message', (frame) => {
    for (const member of members) if (member !== socket) member.send(frame)
  })
  socket.on('close', () => {
    members.delete(socket)
    if (members.size === 0) stories.delete(story)
  })
  socket.on('error', () => {})
})
obey(port, close)
