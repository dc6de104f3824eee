import { describe, expect, it } from 'vitest'
import { splitCredit } from '#shared/wire/reading/caption.ts'

describe('a credit at the end of a caption', () => {
  it.each([
    ['A boat in the harbour. REUTERS/Jo Bell', 'A boat in the harbour.', 'REUTERS/Jo Bell'],
    ['A boat at dusk AFP/Jo de la Bell', 'A boat at dusk', 'AFP/Jo de la Bell'],
    ['Πλοίο στο λιμάνι. ΑΠΕ-ΜΠΕ/ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ', 'Πλοίο στο λιμάνι.', 'ΑΠΕ-ΜΠΕ/ΓΙΩΡΓΟΣ ΠΑΠΠΑΣ'],
    ['A boat. (AP Photo/Jo Bell)', 'A boat.', 'AP Photo/Jo Bell'],
    ['FILE - A boat. (AP Photo/Jo Bell, File)', 'FILE - A boat.', 'AP Photo/Jo Bell, File'],
    ['A boat. (Jo Bell, Pool Photo via AP)', 'A boat.', 'Jo Bell, Pool Photo via AP'],
    ['Seen from the hill (Port/Amery, the old town)', 'Seen from the hill (Port/Amery, the old town)', ''],
    ['A boat. (Photo by Jo Bell/Getty Images)', 'A boat.', 'Jo Bell/Getty Images'],
    ['A boat. Jo Bell/Getty Images', 'A boat.', 'Jo Bell/Getty Images'],
    ['A boat. Photo: Jo Bell / The Courier', 'A boat.', 'Jo Bell/The Courier'],
    ['A boat | Photograph: Jo Bell', 'A boat', 'Jo Bell'],
    ['Πλοίο. Φωτογραφία: Γιώργος Παππάς', 'Πλοίο.', 'Γιώργος Παππάς'],
    ['A boat. © Jo Bell', 'A boat.', '© Jo Bell'],
    ['REUTERS/Jo Bell', '', 'REUTERS/Jo Bell'],
    ['The ceasefire of 5/6 May held.', 'The ceasefire of 5/6 May held.', ''],
    ['A yes/no vote was held on Sunday', 'A yes/no vote was held on Sunday', ''],
    ['The minister (left) and his deputy (right)', 'The minister (left) and his deputy (right)', ''],
    ['', '', ''],
  ])('%s', (line, caption, credit) => {
    expect(splitCredit(line)).toEqual({ caption, credit })
  })
})
