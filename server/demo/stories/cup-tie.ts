import { type DemoStory, italic, p } from '../copy.ts'

/** A draft, with the holes that a draft has: its checks have something to say. */
export const cupTie: DemoStory = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90a03',
  desk: 'Sport',
  stage: 'draft',
  article: {
    headline: [p('Grocer’s late header puts Tarn Athletic into the fourth round')],
    standfirst: [],
    byline: [p('By Nora Lindqvist')],
    dateline: [p('TARNWICK, Saturday')],
    figures: [],
    body: [
      p(
        'Mark Ellery had opened his shop at six, sold the last of the leeks at eleven, and was on the bench by three. At nine minutes to five he rose at the far post to head Tarn Athletic, of the eighth division, past Corrin City and into the fourth round of the Cup for the first time.',
      ),
      p(
        'It finished 2–1, and it was not luck. Corrin, who are four divisions above and cost more in a week than Tarn’s ground did in 1926, had the ball for most of the first half and the lead by the end of it, when Joao Pires turned in a low cross.',
      ),
      p(
        'Then it rained. Tarn’s pitch, which falls two feet from one goal to the other, became the twelfth man that its groundsman has always said it was. Lee Sandmoor levelled from a free kick that skidded under the wall, and the 2,104 who were there began to sing ',
        italic('The Leeks Are In the Ground'),
        ', which has nine verses.',
      ),
      p('“We practised that free kick on Thursday,” said Tarn’s manager, Ruth Adeyemi. “On Thursday it hit a dog.”'),
      p(
        'Ellery came on with twenty minutes left, for the injured TK, and touched the ball four times. The fourth was the one that mattered: Sandmoor’s corner, a step away from his marker, and a header that went in off the post.',
      ),
      p('The draw for the fourth round is on Monday evening. The shop opens at six.'),
    ],
    meta: {
      slug: 'CUP-TARN',
      section: 'Sport',
      keywords: ['football', 'cup'],
      subjects: ['medtop:15000000'],
      urgency: 5,
      language: 'en',
      targetLength: 280,
    },
  },
}
