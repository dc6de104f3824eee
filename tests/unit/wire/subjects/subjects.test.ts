import { describe, expect, it } from 'vitest'
import { parseSubjects } from '#shared/wire/subjects/parse.ts'
import { labelOf, type SubjectTerm } from '#shared/wire/subjects/subject-term.ts'
import { TOP_LEVEL_SUBJECTS } from '#shared/wire/subjects/top-level.ts'
import { createVocabulary } from '#shared/wire/subjects/vocabulary.ts'

const TERMS: SubjectTerm[] = [
  { code: 'medtop:11000000', broader: null, labels: { 'en-GB': 'politics', el: 'πολιτική' } },
  {
    code: 'medtop:20000574',
    broader: 'medtop:11000000',
    labels: { 'en-GB': 'election', el: 'εκλογές', de: 'Wahlen' },
  },
  { code: 'medtop:20000577', broader: 'medtop:20000574', labels: { 'en-GB': 'local election' } },
  { code: 'medtop:20000599', broader: 'medtop:11000000', labels: { 'en-GB': 'old politics' }, retired: true },
]

const KNOWLEDGE_ITEM = `<?xml version="1.0" encoding="UTF-8"?>
<knowledgeItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:iptc.org:20200101:ncdki-mediatopic"
  version="1" standard="NewsML-G2" standardversion="2.29" conformance="power" xml:lang="en-GB">
  <catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"/>
  <itemMeta><itemClass qcode="cinat:concept"/><provider uri="http://www.iptc.org"/><versionCreated>2020-01-01T00:00:00Z</versionCreated></itemMeta>
  <conceptSet>
    <concept modified="2019-01-01T00:00:00+00:00" id="medtop11000000">
      <conceptId created="2009-10-22T02:00:00+00:00" qcode="medtop:11000000"/>
      <type qcode="cpnat:abstract"/>
      <name>politics</name>
      <name xml:lang="el">πολιτική</name>
      <definition xml:lang="en-GB">Local, regional, national and international exercise of power</definition>
    </concept>
    <concept>
      <conceptId uri="http://cv.iptc.org/newscodes/mediatopic/20000574"/>
      <name xml:lang="en-GB">election</name>
      <name xml:lang="el">εκλογές</name>
      <name xml:lang="de">
        Wahlen
      </name>
      <broader qcode="wd:Q40231"/>
      <broader qcode="medtop:11000000" type="cpnat:abstract"/>
    </concept>
    <concept>
      <conceptId qcode="medtop:20000577"/>
      <name xml:lang="en-GB">local election</name>
      <broader uri="http://cv.iptc.org/newscodes/mediatopic/20000574"/>
    </concept>
    <concept>
      <conceptId qcode="medtop:20000599" retired="2018-01-01T00:00:00+00:00"/>
      <name xml:lang="en-GB">old politics</name>
      <broader qcode="medtop:11000000"/>
    </concept>
    <concept><conceptId qcode="subj:11000000"/><name xml:lang="en-GB">another vocabulary</name></concept>
  </conceptSet>
</knowledgeItem>`

const TOPIC = 'http://cv.iptc.org/newscodes/mediatopic/'

/** As published by IPTC. */
const SKOS = JSON.stringify({
  '@context': {},
  uri: TOPIC,
  conceptSet: [
    {
      uri: `${TOPIC}11000000`,
      qcode: 'medtop:11000000',
      prefLabel: { 'en-GB': 'politics', el: 'πολιτική' },
      definition: { 'en-GB': 'Exercise of power' },
    },
    {
      uri: `${TOPIC}20000574`,
      prefLabel: { 'en-GB': 'election', el: 'εκλογές', de: 'Wahlen' },
      broader: [`${TOPIC}11000000`],
      exactMatch: ['http://www.wikidata.org/entity/Q40231'],
    },
    { uri: `${TOPIC}20000577`, prefLabel: { 'en-GB': 'local election' }, broader: [`${TOPIC}20000574`] },
    {
      uri: `${TOPIC}20000599`,
      prefLabel: { 'en-GB': 'old politics' },
      broader: [`${TOPIC}11000000`],
      retired: '2018-01-01T00:00:00+00:00',
    },
    { uri: 'http://cv.iptc.org/newscodes/genre/Analysis', prefLabel: { 'en-GB': 'Analysis' } },
  ],
})

/** As written by an RDF tool. */
const GRAPH = JSON.stringify({
  '@graph': [
    { '@id': TOPIC, '@type': 'skos:ConceptScheme', 'skos:prefLabel': 'Media Topics' },
    {
      '@id': `${TOPIC}11000000`,
      'skos:prefLabel': [
        { '@language': 'en-GB', '@value': 'politics' },
        { '@language': 'el', '@value': 'πολιτική' },
      ],
    },
    {
      '@id': `${TOPIC}20000574`,
      'http://www.w3.org/2004/02/skos/core#prefLabel': [
        { '@language': 'en-GB', '@value': 'election' },
        { '@language': 'el', '@value': 'εκλογές' },
        { '@language': 'de', '@value': 'Wahlen' },
      ],
      'http://www.w3.org/2004/02/skos/core#broader': [{ '@id': `${TOPIC}11000000` }],
    },
    {
      '@id': `${TOPIC}20000577`,
      'skos:prefLabel': { '@language': 'en-GB', '@value': 'local election' },
      'skos:broader': { '@id': `${TOPIC}20000574` },
    },
    {
      '@id': `${TOPIC}20000599`,
      'skos:prefLabel': { '@language': 'en-GB', '@value': 'old politics' },
      'skos:broader': { '@id': `${TOPIC}11000000` },
      'owl:deprecated': { '@value': 'true' },
    },
  ],
})

describe('IPTC’s vocabulary', () => {
  it('is read from a NewsML-G2 KnowledgeItem', () => {
    expect(parseSubjects(KNOWLEDGE_ITEM)).toEqual(TERMS)
    expect(parseSubjects(`\uFEFF${KNOWLEDGE_ITEM}`)).toEqual(TERMS)
  })

  it('is read from SKOS in JSON-LD, in IPTC’s form and that of tools', () => {
    expect(parseSubjects(SKOS)).toEqual(TERMS)
    expect(parseSubjects(GRAPH)).toEqual(TERMS)
  })

  it.for([
    ['', 'neither XML nor JSON'],
    ['Politics, sport', 'neither XML nor JSON'],
    ['{"conceptSet": []}', 'no Media Topic in the file'],
    ['[1, null, "a", {"uri": 7}]', 'no Media Topic in the file'],
    ['<html><body/></html>', 'no Media Topic in the file'],
    ['<knowledgeItem><concept></knowledgeItem>', 'not well-formed'],
  ])('is refused with the reason: %s', ([text, reason]) => {
    expect(() => parseSubjects(text ?? '')).toThrow(reason)
  })
})

describe('a label', () => {
  it.for([
    ['el', 'εκλογές'],
    ['el-CY', 'εκλογές'],
    ['EN', 'election'],
    ['fr', 'election'],
  ])('is in the newsroom’s language, or the nearest: %s', ([language, label]) => {
    expect(labelOf(TERMS[1] as SubjectTerm, language ?? '')).toBe(label)
  })

  it('is the code if there is none', () => {
    expect(labelOf({ code: 'medtop:1', broader: null, labels: {} }, 'en')).toBe('medtop:1')
  })
})

describe('the search for a subject', () => {
  const vocabulary = createVocabulary([
    ...TERMS,
    ...TOP_LEVEL_SUBJECTS.filter(({ code }) => code !== 'medtop:11000000'),
  ])
  const found = (query: string, language = 'en') =>
    vocabulary.search(query, language).map(({ term }) => labelOf(term, language))

  it('ranks matches at the start first, then at a word’s start, then inside', () => {
    expect(found('elect')).toEqual(['election', 'local election'])
    expect(found('war')).toEqual(['conflict, war and peace'])
    expect(found('duca')).toEqual(['education'])
    expect(found('and')).toContain('crime, law and justice')
    expect(found('  ')).toEqual([])
  })

  it('matches all words, in any order', () => {
    expect(found('tech scien')).toEqual(['science and technology'])
    expect(found('tech war')).toEqual([])
  })

  it('ignores accents, case and the form of sigma', () => {
    expect(found('ΠΟΛΙΤΙΚΗ', 'el')).toEqual(['πολιτική'])
    expect(found('πολιτισμοσ', 'el-GR')).toEqual(['τέχνες, πολιτισμός, ψυχαγωγία και μέσα ενημέρωσης'])
  })

  it('finds a code', () => {
    expect(found('medtop:20000577')).toEqual(['local election'])
    expect(found('20000577')).toEqual(['local election'])
  })

  it('returns the subjects above and below', () => {
    expect(vocabulary.search('local', 'en')[0]?.path.map(({ code }) => code)).toEqual([
      'medtop:11000000',
      'medtop:20000574',
    ])
    expect(vocabulary.under('medtop:11000000', 'en').map(({ code }) => code)).toEqual(['medtop:20000574'])
    expect(vocabulary.under('medtop:20000577', 'en')).toEqual([])
    expect(vocabulary.under(null, 'en')).toHaveLength(17)
    expect(labelOf(vocabulary.under(null, 'en')[0] as SubjectTerm, 'en')).toBe('arts, culture, entertainment and media')
  })

  it('leaves out retired subjects, but still finds them by code', () => {
    expect(found('old')).toEqual([])
    expect(vocabulary.find('medtop:20000599')?.retired).toBe(true)
    expect(vocabulary.above('medtop:20000599').map(({ code }) => code)).toEqual(['medtop:11000000'])
  })

  it('returns at most the limit', () => {
    expect(vocabulary.search('a', 'en', 3)).toHaveLength(3)
  })

  it('terminates in a vocabulary with cycles or orphans', () => {
    const odd = createVocabulary([
      { code: 'medtop:1', broader: 'medtop:2', labels: { en: 'one' } },
      { code: 'medtop:2', broader: 'medtop:1', labels: { en: 'two' } },
      { code: 'medtop:3', broader: 'medtop:9', labels: { en: 'three' } },
    ])
    expect(odd.above('medtop:1').map(({ code }) => code)).toEqual(['medtop:2'])
    expect(odd.under(null, 'en').map(({ code }) => code)).toEqual(['medtop:3'])
    expect(odd.search('one', 'x-nonsense-')).toHaveLength(1)
  })
})

describe('the top-level Media Topics', () => {
  it('is 17 subjects, each with a label in English and in Greek, none twice', () => {
    expect(TOP_LEVEL_SUBJECTS).toHaveLength(17)
    for (const { code, labels } of TOP_LEVEL_SUBJECTS) {
      expect(code).toMatch(/^medtop:(0[1-9]|1[0-7])000000$/)
      expect(labels['el']).toMatch(/^[\p{Script=Greek}\s,]+$/u)
      expect(labels['en']).toMatch(/^[a-z\s,]+$/)
    }
    expect(new Set(TOP_LEVEL_SUBJECTS.map(({ code }) => code)).size).toBe(17)
  })
})
