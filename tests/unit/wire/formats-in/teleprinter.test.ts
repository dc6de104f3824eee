import { describe, expect, it } from 'vitest'
import { anpa1312Reader } from '#shared/wire/formats/iptc7901/read-anpa1312.ts'
import { iptc7901Reader } from '#shared/wire/formats/iptc7901/read.ts'
import { left, outline, readAll, readOne, refusal } from './reading.ts'

const [SYN, SOH, STX, ETX, EOT, US] = ['\u0016', '\u0001', '\u0002', '\u0003', '\u0004', '\u001f']

describe('IPTC 7901', () => {
  const message = `${SOH}bas0123 3 pol 0042 ferries-strike\r
harbour/\r
${STX}Ferries stay in port for a third day\r
\r
By Jo Bell\r
\r
   PORT AMERY, March 3 (XYZ) - The strike that has kept every ferry\r
in port will go on, the union said.\r
   It gave no date for talks.\r
\r
Notes to editors: pictures follow\r
${ETX}031015 mar 24\r
${EOT}`

  it('is read by its control characters', () => {
    const item = readOne(iptc7901Reader, message)
    expect(item).toMatchObject({
      urgency: 3,
      words: 42,
      slug: 'ferries-strike harbour',
      versionCreated: '2024-03-03T10:15:00.000Z',
      headline: 'Ferries stay in port for a third day',
      byline: 'By Jo Bell',
      dateline: 'PORT AMERY, March 3 (XYZ)',
      edNote: 'Notes to editors: pictures follow',
    })
    expect(outline(item.body)).toEqual([
      'p The strike that has kept every ferry in port will go on, the union said.',
      'p It gave no date for talks.',
    ])
  })

  const sent = (...lines: string[]) =>
    readOne(iptc7901Reader, `${SYN}${SOH}abc0005 4 pol 250 port-strike\r\n${STX}${lines.join('\r\n')}\r\n${ETX}`)

  it.each<[string, string[], object]>([
    ['the slug again', ['PORT STRIKE', 'Ferries stay'], { slug: 'port-strike', headline: 'Ferries stay' }],
    [
      'a slug of its own',
      ['Port/Ferries/', 'Ferries stay'],
      { slug: 'port-strike Port/Ferries', headline: 'Ferries stay' },
    ],
    ['a slug in one word', ['Port-unions', '   Ferries stay'], { slug: 'port-strike Port-unions' }],
    ['a remark', ['Port/', '(New: talks)', 'Ferries stay ='], { headline: 'Ferries stay', edNote: '(New: talks)' }],
    ['a headline of two lines', ['Ferries stay', 'in port =', '', '   Copy.'], { headline: 'Ferries stay in port' }],
    [
      'a byline with a mark',
      ['Ferries stay', 'By JO BELL=', '', '   Copy.'],
      { headline: 'Ferries stay', byline: 'By JO BELL' },
    ],
    ['a headline alone', ['Port-unions'], { slug: 'port-strike', headline: 'Port-unions' }],
  ])('may have %s at the top', (_, lines, expected) => expect(sent(...lines)).toMatchObject(expected))

  it('lists the initials under the text', () => {
    const item = sent('Ferries stay', '   The strike goes on.', 'ab/cd')
    expect([outline(item.body), left(item)]).toEqual([
      ['p The strike goes on.'],
      ['the initials of its writers: ab/cd'],
    ])
  })

  it('may have several messages, and may break off', () => {
    expect(readAll(iptc7901Reader, message + message)).toHaveLength(2)
    expect(readOne(iptc7901Reader, message.slice(0, message.indexOf('It gave'))).body).toHaveLength(1)
  })

  it('is refused where its header or its text is missing, with the line', () => {
    expect(refusal(iptc7901Reader, 'plain')).toMatchObject([{ line: 1 }])
    expect(refusal(iptc7901Reader, `${message}\n${SOH}nothing${STX}x`)).toMatchObject([{ line: 14 }])
    expect(refusal(iptc7901Reader, `${SOH}bas0123 3 pol 0042${STX}\r\n${ETX}`)[0]?.message).toContain('no text')
  })
})

describe('ANPA 1312', () => {
  const message = `${SYN}${SYN}${SOH}a1234${US}ab-cd-\r
u s \u0013\u0011 bc-Ferries-Strike 3-03 0042\r
${STX}^AM-XX--Ferries<\r
^Ferries stay in port<\r
^By JO BELL=\r
^Associated Writer=\r
\tPORT AMERY (XYZ) _ The strike that has kept every ferry<\r
in port will \`\`go on.''\r
\tIt gave no date.\r
${ETX}XX-YY-03-03-24 1015GMT<\r
${EOT}`

  it('is read by its control characters', () => {
    const item = readOne(anpa1312Reader, message)
    expect(item).toMatchObject({
      urgency: 3,
      words: 42,
      slug: 'Ferries-Strike',
      subjects: ['medtop:15000000'],
      versionCreated: '2024-03-03T10:15:00.000Z',
      headline: 'Ferries stay in port',
      byline: 'By JO BELL',
      dateline: 'PORT AMERY (XYZ)',
    })
    expect(outline(item.body)).toEqual([
      'p The strike that has kept every ferry in port will “go on.”',
      'p It gave no date.',
    ])
    expect(left(item)).toEqual(['in the middle above the text: Associated Writer'])
  })

  it.each([
    ['1015EST', '2024-03-03T15:15:00.000Z'],
    ['1015PDT', '2024-03-03T17:15:00.000Z'],
    ['1015XYZ', undefined],
  ])('reads its time in its own zone: %s', (time, expected) =>
    expect(readOne(anpa1312Reader, message.replace('1015GMT', time)).versionCreated).toBe(expected),
  )

  it('is distinguished from IPTC 7901', () => {
    expect([anpa1312Reader.detect(message), iptc7901Reader.detect(message)]).toEqual([0.95, 0])
  })

  it('is refused without a text', () => {
    expect(refusal(anpa1312Reader, `${SOH}a1234${US}`)).toMatchObject([{ line: 1 }])
  })
})
