import { expect, it } from 'vitest'
import { redactAddresses } from '#server/redact-addresses.ts'

it.each([
  ['http://user:pass@a.example/feed?key=1 answers 500', 'http://a.example/feed?… answers 500'],
  ['“https://token@a.example” and ftp://b.example/x', '“https://a.example” and ftp://b.example/x'],
  ['https://a.example?x', 'https://a.example?…'],
  ['https://a:b@c@d.example/?k=v#f', 'https://d.example/?…'],
  ['sftp://wire@host/in/story.json', 'sftp://host/in/story.json'],
  ['no address: a@b.example?', 'no address: a@b.example?'],
])('reduces %j', (text, redacted) => expect(redactAddresses(text)).toBe(redacted))
