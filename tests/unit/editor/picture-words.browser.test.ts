import { expect, test } from 'vitest'
import { readPictureWords } from '#renderer/editor/figures/picture-words.ts'
import { jpeg, type Written } from './picture-files.ts'

const wordsOf = async (written: Written) => readPictureWords(await jpeg(8, 8, written))

test('XMP, with its entities and accents', async () => {
  expect(
    await wordsOf({ xmp: { caption: 'Αλυκή & “salt” <at dusk>', creator: 'Māra Ozoliņa', credit: 'Reuters' } }),
  ).toEqual({ caption: 'Αλυκή & “salt” <at dusk>', credit: 'Māra Ozoliņa/Reuters' })
})
test('IPTC IIM in UTF-8', async () => {
  expect(await wordsOf({ iptc: { caption: 'The “pans” at Λάρνακα', byline: 'Māra Ozoliņa', credit: 'AFP' } })).toEqual({
    caption: 'The “pans” at Λάρνακα',
    credit: 'Māra Ozoliņa/AFP',
  })
})
test('IPTC IIM as older programs wrote it', async () => {
  expect(await wordsOf({ iptc: { caption: 'Café à Orléans', byline: 'José', charset: 'latin1' } })).toEqual({
    caption: 'Café à Orléans',
    credit: 'José',
  })
})
test('XMP before IIM, whose byline is cut short, and a source where there is no credit', async () => {
  expect(
    await wordsOf({
      xmp: { creator: 'Alexandra Konstantinopoulou-Papadimitriou', source: 'Handout' },
      iptc: { caption: 'Kept', byline: 'Alexandra Konstantinopoulou-Papa' },
    }),
  ).toEqual({ caption: 'Kept', credit: 'Alexandra Konstantinopoulou-Papadimitriou/Handout' })
})
test('numbers and years stay text', async () => {
  expect(await wordsOf({ xmp: { caption: '1960' } })).toEqual({ caption: '1960', credit: '' })
})
test('a picture that says nothing, and a file that is none', async () => {
  expect(await wordsOf({})).toEqual({ caption: '', credit: '' })
  expect(await readPictureWords(new Blob(['not a picture']))).toEqual({ caption: '', credit: '' })
})
