import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import { mail } from '#server/wire/destinations/mail.ts'
import { CERTIFICATE, KEY } from './certificate.ts'
import { parcelIn, refusal, TEXT, access } from './parcels.ts'

async function mailServer(options: SMTPServerOptions = {}) {
  const got: { to: string[]; text: string; user: unknown; secure: boolean }[] = []
  const server = new SMTPServer({
    key: KEY,
    cert: CERTIFICATE,
    authOptional: true,
    onAuth: ({ username, password }, _session, done) =>
      password === 'secret' ? done(null, { user: username }) : done(new Error('No')),
    onData: (stream, { envelope, user, secure }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address)
        got.push({ to, text: Buffer.concat(chunks).toString('utf8'), user, secure })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { got, port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

const settings = (port: number, changes: object = {}) => ({
  host: 'localhost',
  port,
  security: 'starttls',
  user: 'wire',
  from: 'wire@courier.example',
  to: ['desk@paper.example', 'night@paper.example'],
  certificate: CERTIFICATE,
  allowPrivate: true,
  ...changes,
})
const SECRETS = { password: 'secret' }
/** Returns the text of a mail, unfolded and decoded from base64. */
const unfolded = (text: string) => text.replace(/\r\n[ \t]+/g, ' ')

describe('e-mail', () => {
  it('is sent over TLS with the item and its pictures, under one Message-ID', async () => {
    await using server = await mailServer()
    await using files = await parcelIn()
    const receipt = await mail.deliver(files.parcel, access(settings(server.port), SECRETS))
    expect(receipt.detail).toEqual({ text: 'mailto:desk@paper.example,night@paper.example' })
    const [got] = server.got
    expect(got).toMatchObject({ to: ['desk@paper.example', 'night@paper.example'], user: 'wire', secure: true })
    const text = unfolded(got?.text ?? '')
    expect(text).toContain('Subject: CORRECTION: HARBOUR: A headline')
    expect(text).toContain(`Message-ID: <${files.parcel.id}@galley>`)
    expect(text).toContain('A note')
    expect(text).toContain('filename=story-v2.ninjs.json')
    expect(text).toContain('filename=p.jpg')
    expect(text).toContain(Buffer.from(TEXT).toString('base64'))
  })

  it('is not sent to a server without TLS, or with an untrusted certificate', async () => {
    await using plain = await mailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
    await using files = await parcelIn()
    expect((await refusal(mail.deliver(files.parcel, access(settings(plain.port), SECRETS)))).message).not.toBe('taken')
    await using strange = await mailServer()
    const refused = await refusal(
      mail.deliver(files.parcel, access(settings(strange.port, { certificate: '' }), SECRETS)),
    )
    expect(refused.message).toContain('certificate')
    expect([...plain.got, ...strange.got]).toEqual([])
  })

  it('reports whether a refusal is temporary or permanent', async () => {
    await using server = await mailServer()
    await using files = await parcelIn()
    const wrong = await refusal(mail.deliver(files.parcel, access(settings(server.port), { password: 'wrong' })))
    expect(wrong).toMatchObject({ permanent: true, response: expect.stringContaining('535') as string })
    expect(wrong.message).not.toContain('wrong')
    await using full = await mailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('Mailbox full'), { responseCode: 452 })),
    })
    expect(await refusal(mail.deliver(files.parcel, access(settings(full.port), SECRETS)))).toMatchObject({
      permanent: false,
    })
  })

  it('names the recipients who did not get it, and says that a retry sends it to the others again', async () => {
    await using server = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('night') ? done(Object.assign(new Error('No such mailbox'), { responseCode: 550 })) : done(),
    })
    await using files = await parcelIn()
    const refused = await refusal(mail.deliver(files.parcel, access(settings(server.port), SECRETS)))
    expect(refused).toMatchObject({ partly: true, message: expect.stringContaining('night@paper.example') as string })
    expect(server.got.map(({ to }) => to)).toEqual([['desk@paper.example']])
  })

  it('refuses private addresses unless allowed', async () => {
    await using server = await mailServer()
    const refused = await refusal(mail.test(access(settings(server.port, { allowPrivate: false }), SECRETS)))
    expect(refused.message).toContain('internal network')
    expect(server.got).toEqual([])
  })

  it('tests with a mail marked as a test', async () => {
    await using server = await mailServer()
    await mail.test(access(settings(server.port), SECRETS))
    expect(server.got).toHaveLength(1)
  })
})
