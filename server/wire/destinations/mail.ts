/**
 * Email: a short text, with the item and its pictures attached. Repeated mails have the same Message-ID, so mail
 * systems show them once.
 */
import { isIP } from 'node:net'
import { createTransport, type SentMessageInfo, type SendMailOptions } from 'nodemailer'
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js'
import { z } from 'zod'
import { message } from '#shared/messages/message.ts'
import { DESTINATION_SETTINGS } from '#shared/protocol/http.ts'
import { addressesOf } from '../private-addresses.ts'
import { describeFailure } from './describe-failure.ts'
import { DeliveryError, type DestinationKind, type Parcel, type Receipt, type Access } from './destination.ts'

const settingsSchema = DESTINATION_SETTINGS.mail.settings
const secretsSchema = z.object({ password: z.string().optional() })
const SILENCE_MS = 20_000

const SUBJECT_WORDS: Record<Parcel['item']['kind'], string> = {
  new: '',
  update: 'UPDATE: ',
  correction: 'CORRECTION: ',
  kill: 'KILL: ',
}

async function send(access: Access, mail: SendMailOptions): Promise<Receipt> {
  const { host, port, security, user, from, to, certificate, allowPrivate } = settingsSchema.parse(access.settings)
  const { password = '' } = secretsSchema.parse(access.secrets)
  const where = `${host}:${port}`
  let transport: { close: () => void } | null = null
  const stop = (): void => transport?.close()
  try {
    const [found] = await addressesOf(host, allowPrivate)
    if (found === undefined) throw new DeliveryError(message('server.delivery.address-missing', { host }))
    const options: SMTPTransport.Options = {
      host: found.address,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(user === '' ? {} : { auth: { user, pass: password } }),
      tls: {
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(certificate === '' ? {} : { ca: certificate }),
      },
      connectionTimeout: SILENCE_MS,
      greetingTimeout: SILENCE_MS,
      socketTimeout: SILENCE_MS,
    }
    const made = createTransport({ ...options, disableUrlAccess: true })
    transport = made
    access.signal.addEventListener('abort', stop, { once: true })
    const info: SentMessageInfo = await made.sendMail({ from, to, ...mail })
    return receiptOf(info, to)
  } catch (error) {
    throw failureOf(error, where)
  } finally {
    access.signal.removeEventListener('abort', stop)
    stop()
  }
}

const infoSchema = z.object({ response: z.string(), rejected: z.array(z.string()).default([]) })

function receiptOf(info: unknown, to: readonly string[]): Receipt {
  const { response, rejected } = infoSchema.parse(info)
  if (rejected.length > 0) {
    throw new DeliveryError(message('server.delivery.mail-refused-partly', { addresses: rejected.join(', ') }), {
      permanent: true,
      partly: true,
      response,
    })
  }
  return { detail: { text: `mailto:${to.join(',')}` }, response }
}

const smtpErrorSchema = z.object({ responseCode: z.number(), response: z.string() })

function failureOf(error: unknown, where: string): DeliveryError {
  const refused = smtpErrorSchema.safeParse(error)
  if (!refused.success) return describeFailure(error, where)
  const { responseCode, response } = refused.data
  const permanent = responseCode >= 500
  const status = String(responseCode)
  const said = permanent
    ? message('server.delivery.mail-refused', { where, status })
    : message('server.delivery.mail-later', { where, status })
  return new DeliveryError(said, { permanent, response, cause: error })
}

export const mail: DestinationKind = {
  name: 'mail',

  deliver({ id, name, text, contentType, item, pictures }, access) {
    const lines = [item.headline, ...(item.edNote === undefined ? [] : ['', item.edNote])]
    return send(access, {
      messageId: `<${id}@galley>`,
      subject: `${SUBJECT_WORDS[item.kind]}${item.slug}: ${item.headline}`,
      text: `${lines.join('\n')}\n`,
      headers: { 'Galley-Item': item.uri, 'Galley-Version': String(item.version), 'Galley-Kind': item.kind },
      attachments: [
        { filename: name, content: Buffer.from(text, 'utf8'), contentType, contentDisposition: 'attachment' },
        ...pictures.map(({ name: filename, type, path }) => ({ filename, path, contentType: type })),
      ],
    })
  },

  test: (access) => send(access, { subject: 'A test by Galley', text: 'Stories will come to this address.\n' }),
}
