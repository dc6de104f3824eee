import { describe, expect, it } from 'vitest'
import { plainText } from '#shared/wire/formats/plain-text/read.ts'
import { articleOf } from '#shared/wire/reading/article.ts'
import { isByline } from '#shared/wire/reading/byline.ts'
import { beginsNotes, beginsOtherStories, isEmbargoLine, isPageTime } from '#shared/wire/reading/furniture.ts'
import { left, outline, readOne, refusal } from './reading.ts'
import { samplesMissing, wireCopy } from './samples.ts'

const read = (text: string) => readOne(plainText, text)
const missing = samplesMissing()

describe('a page of wire copy', () => {
  const title = 'Belarus leader appeals to Russia as pressure to quit grows'

  it('becomes section, headline, picture, byline and body, without the site’s furniture', ({ skip }) => {
    if (missing !== null) skip(missing)
    const item = read(wireCopy())
    expect(item).toMatchObject({
      section: 'Russia World',
      headline: title,
      byline: 'By Andrei Makhovsky',
      pictures: [
        {
          alt: 'People Gather To Commemorate A Killed Protester In Minsk',
          caption: expect.stringMatching(/^People gather around .* at the site of his death in Minsk$/) as unknown,
          credit: 'REUTERS/Vasily Fedosenko',
        },
      ],
    })
    const copy = wireCopy()
      .split('\n')
      .filter((line) => line !== '')
    const begin = copy.indexOf('By Andrei Makhovsky') + 1
    const end = copy.indexOf('Related Posts')
    expect(outline(item.body)).toEqual(copy.slice(begin, end).map((line) => `p ${line}`))
    expect(left(item)).toEqual([
      'the title of the picture: People Gather To Commemorate A Killed Protester In Minsk',
      'above the headline: the name of the site or its menu: Cyprus Mail',
      `a list of other stories: ${copy.slice(end).join('\n')}`,
    ])
  })

  it('reads the same when its list of other stories has an unknown heading, or none', ({ skip }) => {
    if (missing !== null) skip(missing)
    const known = read(wireCopy())
    for (const heading of ['Weiteres', '']) {
      const item = read(wireCopy().replace('Related Posts', heading))
      expect({ ...item, leftOut: [] }).toEqual({ ...known, leftOut: [] })
      expect(left(item).join()).toContain('Biden almost certain')
    }
  })

  it('makes an article', ({ skip }) => {
    if (missing !== null) skip(missing)
    const article = articleOf(read(wireCopy()), () => 'figure')
    expect(article.figures).toMatchObject([{ id: 'figure', picture: null }])
    expect(outline(article.figures[0]?.credit ?? [])).toEqual(['p REUTERS/Vasily Fedosenko'])
    expect(outline(article.headline)).toEqual([`p ${title}`])
    expect(article.meta).toEqual({ section: 'Russia World' })
  })
})

describe('a page', () => {
  it('may have a breadcrumb, buttons, a standfirst and a box in the middle', () => {
    const item = read(`The Harbour Times
Menu
Home > News > Environment

Ferries to stay in port for a third day
Unions and owners blame each other as islands run short of bread

Share
Tweet
Published: 3 March 2024, 10:15

Mary O'Neill and Sam van Dyk
2 min read

The strike that has kept every ferry in port since Tuesday will go on, the union said.

Read also:
Baker flies in flour by helicopter
Ten things to do on an island

Talks broke down at midnight, and no new date has been set for them.

What the islands say

“We have bread for two days,” said the mayor of the largest of them.
Advertisement
`)
    expect(item).toMatchObject({
      section: 'Environment',
      headline: 'Ferries to stay in port for a third day',
      standfirst: 'Unions and owners blame each other as islands run short of bread',
      byline: "Mary O'Neill and Sam van Dyk",
    })
    expect(outline(item.body)).toEqual([
      'p The strike that has kept every ferry in port since Tuesday will go on, the union said.',
      'p Talks broke down at midnight, and no new date has been set for them.',
      'h2 What the islands say',
      'p “We have bread for two days,” said the mayor of the largest of them.',
    ])
    expect(left(item).join('\n')).toContain('Baker flies in flour by helicopter')
    expect(left(item).join('\n')).toContain('The Harbour Times')
  })

  it('may be Greek', () => {
    const item = read(`Ελλάδα

Στο λιμάνι τα πλοία για τρίτη ημέρα

Πλοία στο λιμάνι του Πειραιά. Φωτογραφία: Γιώργος Παππάς

Της Μαρίας Γεωργίου

ΠΕΙΡΑΙΑΣ, 3 Μαρτίου (ΑΠΕ) — Η απεργία συνεχίζεται και αύριο, όπως ανακοίνωσε η ένωση.

Τι ζητούν οι εργαζόμενοι;

– Δεν κάνουμε πίσω, είπε ο πρόεδρός της στους δημοσιογράφους.

Διαβάστε επίσης
Νέα μέτρα για τα νησιά
Τι αλλάζει από αύριο
`)
    expect(item).toMatchObject({
      section: 'Ελλάδα',
      headline: 'Στο λιμάνι τα πλοία για τρίτη ημέρα',
      byline: 'Της Μαρίας Γεωργίου',
      dateline: 'ΠΕΙΡΑΙΑΣ, 3 Μαρτίου (ΑΠΕ)',
      pictures: [{ caption: 'Πλοία στο λιμάνι του Πειραιά.', credit: 'Γιώργος Παππάς' }],
    })
    expect(outline(item.body)).toEqual([
      'p Η απεργία συνεχίζεται και αύριο, όπως ανακοίνωσε η ένωση.',
      'p Τι ζητούν οι εργαζόμενοι;',
      'p – Δεν κάνουμε πίσω, είπε ο πρόεδρός της στους δημοσιογράφους.',
    ])
    expect(left(item)).toEqual([
      'a list of other stories: Διαβάστε επίσης\nΝέα μέτρα για τα νησιά\nΤι αλλάζει από αύριο',
    ])
  })

  it('keeps lists and their numbers, and makes no list of a single line', () => {
    const item = read(`A headline of some words

The commission asked for three things on Monday.
- more money
- more time
It also named the order of its work.
3. the harbour
4. the town
- which is not a list of its own, the mayor said.`)
    expect(outline(item.body)).toEqual([
      'p The commission asked for three things on Monday.',
      '- p more money',
      '- p more time',
      'p It also named the order of its work.',
      '3. p the harbour',
      '4. p the town',
      'p - which is not a list of its own, the mayor said.',
    ])
  })
})

describe('a mail', () => {
  const COPY = `Night library opens its doors
By Nora Lindqvist
PORT AMERY - The town's library stays open all night from today, its
director said on Friday, and there will be soup for whoever reads until
the morning comes.

She had asked for it for years.`

  it('is read without its header, its wrapping and its signature', () => {
    const item = read(`From: Nora Lindqvist <nora@courier.example>
To: desk@courier.example
Subject: Fwd: Re: library, for tomorrow
Message-ID: <a1@courier.example>

${COPY}

-- 
Nora Lindqvist
+44 1 234`)
    expect(item).toMatchObject({
      uri: 'mid:a1@courier.example',
      headline: 'Night library opens its doors',
      byline: 'By Nora Lindqvist',
      dateline: 'PORT AMERY',
    })
    expect(outline(item.body)).toEqual([
      "p The town's library stays open all night from today, its director said on Friday, and there will be soup for whoever reads until the morning comes.",
      'p She had asked for it for years.',
    ])
    expect(left(item).join('\n')).toMatch(
      /header of the mail: From: Nora[^]*signature of the mail: Nora[^]*subject of the mail: library/,
    )
  })

  it.each([
    ['---------- Forwarded message ---------', 'Subject: Library\nFrom: Nora <n@courier.example>\n\n'],
    ['Begin forwarded message:', '> From: Nora <n@courier.example>\n> Θέμα: Library\n\n'],
    ['-----Αρχικό μήνυμα-----', 'Από: Nora\nΘέμα: Library\n\n'],
  ])('when forwarded (%s) returns the story in it', (mark, header) => {
    const quoted = header.startsWith('>') ? COPY.replace(/^/gm, '> ') : COPY
    const item = read(`Please use this one.\n\n${mark}\n${header}${quoted}`)
    expect(item).toMatchObject({ headline: 'Night library opens its doors', byline: 'By Nora Lindqvist' })
    expect(item.body).toHaveLength(2)
    expect(left(item)[0]).toBe('the covering note above the forwarded mail: Please use this one.')
  })

  it('when a reply drops the quoted mail, and uses its subject as headline if there is no other', () => {
    const item = read(`From: nora@courier.example
Subject: Library opens at night

The town's library stays open all night from today, its director said.

On Fri, 1 Mar 2024 at 10:00, Desk <desk@courier.example> wrote:
> Where is the library story?`)
    expect(item.headline).toBe('Library opens at night')
    expect(outline(item.body)).toEqual(["p The town's library stays open all night from today, its director said."])
    expect(left(item).join('\n')).toContain('Where is the library story?')
  })
})

describe('a press release', () => {
  it('loses its label, notes and contacts, but never its embargo', () => {
    const item = read(`PRESS RELEASE

EMBARGOED UNTIL 00:01 GMT MONDAY 4 MARCH 2024

Town to plant ten thousand trees

The council of Port Amery will plant ten thousand trees by the end of next year, it decided on Friday.

“Shade is not a luxury,” the mayor said.

ENDS

Notes to editors
The council has twelve members.
Contact: Press office, 01 234`)
    expect(item).toMatchObject({
      edNote: 'EMBARGOED UNTIL 00:01 GMT MONDAY 4 MARCH 2024',
      withheld: true,
      headline: 'Town to plant ten thousand trees',
    })
    expect(outline(item.body)).toEqual([
      'p The council of Port Amery will plant ten thousand trees by the end of next year, it decided on Friday.',
      'p “Shade is not a luxury,” the mayor said.',
    ])
    expect(left(item)).toEqual([
      'the label of the document: PRESS RELEASE',
      'behind the end mark: Notes to editors\nThe council has twelve members.\nContact: Press office, 01 234',
    ])
  })
})

describe('the lines of sites and mails', () => {
  it.each([
    'EMBARGO: 6 March',
    'Embargoed until Monday',
    'STRICTLY EMBARGOED – 06:00',
    'Under embargo until 6 March',
    '*** EMBARGOED ***',
    'Embargo ends: 06:00',
    'Not for release before Monday',
    'ΕΜΠΑΡΓΚΟ ΜΕΧΡΙ ΤΙΣ 6 Μαρτίου',
  ])('tell of an embargo: %s', (line) => expect(isEmbargoLine(line)).toBe(true))
  it.each(['Embargo on Russian oil takes effect', 'Embargoed goods found in port', 'Εμπάργκο στα όπλα ζητά η Βουλή'])(
    'are no embargo on a story about one: %s',
    (line) => expect(isEmbargoLine(line)).toBe(false),
  )

  it.each(['About the Port Authority', 'About Amery Press:', 'Notes to editors', 'Σχετικά με την Αρχή Λιμένων'])(
    'begin what is for newsrooms: %s',
    (line) => expect(beginsNotes(line)).toBe(true),
  )
  it.each(['About 200 people were hurt.', 'About half the crew went home', 'Σχετικά με το λιμάνι δεν είπε τίποτα.'])(
    'do not end a story: %s',
    (line) => expect(beginsNotes(line)).toBe(false),
  )
  it.each([
    [true, 'More from Sport'],
    [true, 'Read more'],
    [false, 'More in need than ever, he said.'],
  ])('begin other stories: %s, %s', (begins, line) => expect(beginsOtherStories(line)).toBe(begins))

  it.each([
    'Published: Monday',
    'Updated 10:15 PM GMT+2, November 22, 2026',
    'Last modified on Mon 22 Nov 2026 12.00 GMT',
    'Updated Mon, Nov 22',
    'Published November 22, 2026',
    'Δημοσιεύθηκε στις 22 Νοεμβρίου',
    'ΕΝΗΜΕΡΩΘΗΚΕ: 22/11/2026',
    'Posted just now',
  ])('are times of a page: %s', (line) => expect(isPageTime(line)).toBe(true))
  it.each(['Updated figures show jobless rate at 5%', 'Date set for election in Amery', 'Posted workers gain rights'])(
    'are no times of one: %s',
    (line) => expect(isPageTime(line)).toBe(false),
  )
})

describe('a byline', () => {
  it.each([
    'By Nora Lindqvist',
    'By NORA LINDQVIST in Port Amery',
    'Του Γιώργου Παππά',
    'Γράφει η Μαρία Γεωργίου',
    'Von Max Mustermann',
  ])('is %s', (text) => expect(isByline(text)).toBe(true))
  it.each(['By the time they came it was over', 'Του είπε ότι θα έρθει αύριο στις δέκα', 'Bystanders saw it', 'By'])(
    'is not %s',
    (text) => expect(isByline(text)).toBe(false),
  )
})

describe('Greek in capitals', () => {
  it('is recognized without accents', () => {
    const item = read(
      [
        'ΑΠΟ: Γραφείο',
        'ΘΕΜΑ: Το λιμάνι',
        '',
        'ΔΕΛΤΙΟ ΤΥΠΟΥ',
        '',
        'Άνοιξε το νέο λιμάνι της Αμερής',
        '',
        'ΓΡΑΦΕΙ Ο ΝΙΚΟΣ ΠΑΠΠΑΣ',
        '',
        'Το νέο λιμάνι άνοιξε τη Δευτέρα, ανακοίνωσε η Αρχή.',
        '',
        'ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ',
        '',
        'Νέα μέτρα για την ενέργεια',
      ].join('\n'),
    )
    expect(item).toMatchObject({ headline: 'Άνοιξε το νέο λιμάνι της Αμερής', byline: 'ΓΡΑΦΕΙ Ο ΝΙΚΟΣ ΠΑΠΠΑΣ' })
    expect(item.section).toBeUndefined()
    expect(outline(item.body)).toEqual(['p Το νέο λιμάνι άνοιξε τη Δευτέρα, ανακοίνωσε η Αρχή.'])
    expect(left(item)).toEqual([
      'the header of the mail: ΑΠΟ: Γραφείο\nΘΕΜΑ: Το λιμάνι',
      'the label of the document: ΔΕΛΤΙΟ ΤΥΠΟΥ',
      'the subject of the mail: Το λιμάνι',
      'a list of other stories: ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ\nΝέα μέτρα για την ενέργεια',
    ])
  })
})

describe('the copy', () => {
  const sentence = 'The strike goes on, the union said on Monday.'

  it('has no subhead made from a picture credit', () => {
    const item = read(
      ['Ferries stay in port today', sentence, 'Photograph: Jo Bell/The Courier', sentence].join('\n\n'),
    )
    expect(outline(item.body)).toEqual([`p ${sentence}`, 'p Photograph: Jo Bell/The Courier', `p ${sentence}`])
  })

  it('of a reply has no quoted text', () => {
    const mail = [
      'From: a@b.example',
      'Subject: Ferries stay in port',
      '',
      '> And the copy?',
      '',
      sentence,
      '',
      '> More?',
    ]
    const item = read([...mail, '', sentence].join('\n'))
    expect([item.headline, outline(item.body)]).toEqual(['Ferries stay in port', [`p ${sentence}`, `p ${sentence}`]])
    expect(left(item)).toContain('quoted from the mail that this one answers: > And the copy?\n> More?')
  })
})

describe('very little text', () => {
  it('does not take a line to the desk as headline', () => {
    const item = read(
      'Here is the copy you wanted:\n\nFerries stay in port today\n\nThe strike goes on, the union said.',
    )
    expect([item.section, item.headline]).toEqual([undefined, 'Ferries stay in port today'])
    expect(left(item)).toEqual(['above the headline: words to the desk: Here is the copy you wanted:'])
  })

  it('is refused when there are no words', () => {
    expect(refusal(plainText, ' \n\n ')).toEqual([{ line: 1, message: expect.stringContaining('no words') as unknown }])
  })

  it('may be a headline, or a sentence', () => {
    expect(read('Library opens at night')).toMatchObject({ headline: 'Library opens at night', body: [] })
    const sentence = read('The library stays open all night from today, its director said.')
    expect([sentence.headline, outline(sentence.body)]).toEqual([
      '',
      ['p The library stays open all night from today, its director said.'],
    ])
  })
})
