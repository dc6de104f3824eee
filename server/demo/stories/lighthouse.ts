import { bullets, type DemoStory, link, p, quote, subhead } from '../copy.ts'

export const FIGURE_ID = '5d1f0c3e-8a54-4a6f-9b1d-0e6f7a2c4b01'

export const lighthouse: DemoStory = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90a01',
  desk: 'World',
  stage: 'ready',
  article: {
    headline: [p('After 171 years, the keepers of Skerra Light are going home')],
    standfirst: [
      p(
        'The last staffed lighthouse on the Amery coast goes automatic on Friday. Its two keepers are not sure the sea has been told.',
      ),
    ],
    byline: [p('By Nora Lindqvist')],
    dateline: [p('PORT AMERY, Thursday')],
    figures: [
      {
        id: FIGURE_ID,
        picture: null,
        caption: [
          p(
            'Skerra Light at dusk, seen from the mail boat. Its lamp will be worked from an office in Port Amery from Friday.',
          ),
        ],
        credit: [p('Illustration: Galley')],
      },
    ],
    body: [
      p(
        'For 171 years somebody has climbed the 214 steps of Skerra Light before dusk and come down again after dawn. On Friday at noon Edda Brandt will do it for the last time, switch the lamp to a computer eleven miles away, and take the mail boat home with a suitcase and a cat.',
      ),
      p(
        '“The lamp will be fine,” said Ms Brandt, 58, who has kept the light since she was 31. “It is the fog I worry about. A machine knows that it cannot see. It does not know that it ought to be able to.”',
      ),
      p(
        'The Amery Harbour Board says the change will save 340,000 crowns a year and will make the light more dependable. Sensors have run beside the keepers since March, and in that time, the board says, they missed nothing.',
      ),
      subhead('A log in three hands'),
      p(
        'The keepers’ log, which goes to the town museum, shows the rock’s bad nights in the handwriting of three families. On the first of February 1953 the entry reads only: “Sea over the gallery. Light kept.”',
      ),
      quote(
        p(
          '“People ask if it was lonely. It was the opposite. Every ship that went by was somebody you were looking after.”',
        ),
      ),
      p('Under the board’s plan:'),
      bullets(
        'the lamp and fog signal are worked from the harbour office, day and night;',
        'an engineer visits the rock every six weeks, weather allowing;',
        'the keepers’ cottages are let to the university’s seabird station.',
      ),
      p(
        'Fishermen asked the board in May to keep one person on the rock through the winter. The request was turned down by five votes to four. The minutes are ',
        link('on the board’s site', 'https://harbour.amery.example/minutes'),
        '.',
      ),
      p(
        'Ms Brandt’s colleague, Tomas Vey, 34, has taken a job on the mail boat. He will pass the light twice a day. “I have told it I shall wave,” he said.',
      ),
    ],
    meta: {
      slug: 'LIGHTHOUSE-KEEPERS',
      section: 'World',
      keywords: ['lighthouses', 'automation', 'Port Amery'],
      subjects: ['medtop:04000000'],
      urgency: 5,
      language: 'en',
      targetLength: 320,
    },
  },
}
