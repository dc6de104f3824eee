import { expect, test } from 'vitest'
import { readPictureWords } from '#renderer/editor/figures/picture-words.ts'
import { jpeg, type Written } from './picture-files.ts'

const wordsOf = async (written: Written) => readPictureWords(await jpeg(8, 8, written))

test('reads XMP, with entities and accents', async () => {
  expect(
    await wordsOf({ xmp: { caption: 'Αλυκή & “salt” <at dusk>', creator: 'Māra Ozoliņa', credit: 'Reuters' } }),
  ).toEqual({ caption: 'Αλυκή & “salt” <at dusk>', credit: 'Māra Ozoliņa/Reuters' })
})
test('reads IPTC IIM in UTF-8', async () => {
  expect(await wordsOf({ iptc: { caption: 'The “pans” at Λάρνακα', byline: 'Māra Ozoliņa', credit: 'AFP' } })).toEqual({
    caption: 'The “pans” at Λάρνακα',
    credit: 'Māra Ozoliņa/AFP',
  })
})
test('reads IPTC IIM of older programs', async () => {
  expect(await wordsOf({ iptc: { caption: 'Café à Orléans', byline: 'José', charset: 'latin1' } })).toEqual({
    caption: 'Café à Orléans',
    credit: 'José',
  })
})
test('prefers XMP to IIM, whose byline is truncated, and falls back to the source for the credit', async () => {
  expect(
    await wordsOf({
      xmp: { creator: 'Alexandra Konstantinopoulou-Papadimitriou', source: 'Handout' },
      iptc: { caption: 'Kept', byline: 'Alexandra Konstantinopoulou-Papa' },
    }),
  ).toEqual({ caption: 'Kept', credit: 'Alexandra Konstantinopoulou-Papadimitriou/Handout' })
})
test('keeps numbers and years as text', async () => {
  expect(await wordsOf({ xmp: { caption: '1960' } })).toEqual({ caption: '1960', credit: '' })
})
test('returns empty text for a picture without any, and for a file that is not a picture', async () => {
  expect(await wordsOf({})).toEqual({ caption: '', credit: '' })
  expect(await readPictureWords(new Blob(['not a picture']))).toEqual({ caption: '', credit: '' })
})
