import { bold, type DemoStory, p, subhead } from '../copy.ts'

export const ferryStrike: DemoStory = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90a02',
  desk: 'World',
  stage: 'filed',
  article: {
    headline: [p('Ferries stop for a day as crews and islands both say they cannot go on like this')],
    standfirst: [
      p('A one-day strike empties the quays of the Sound. The company offers talks; the islands want boats.'),
    ],
    byline: [p('By Daniel Okoro')],
    dateline: [p('HALVERN, Tuesday')],
    figures: [],
    body: [
      p(
        'Not one of the Sound’s nine ferries left its berth on Tuesday, after crews walked out for a day over rosters that they say leave them too tired to sail safely.',
      ),
      p(
        'Some 14,000 people who cross on a normal weekday stayed at home, hired fishing boats, or, on Little Halvern, took the school’s two canoes. The hospital moved eleven patients ahead of the strike. No emergencies were reported.',
      ),
      p(
        '“I have had four nights in my own bed since the start of the month,” said Ilse Marrow, a mate with 16 years on the route. “That is not a complaint about pay. That is a complaint about somebody falling asleep at the wheel of a ship.”',
      ),
      subhead('Short of 40 sailors'),
      p(
        'The company, Sound Lines, admits that it is short of 40 crew and says that it cannot find them. It offered on Monday evening to cap shifts at twelve hours from next spring. The seafarers’ union wants the cap ',
        bold('now'),
        ', with fewer sailings until the posts are filled.',
      ),
      p(
        'That is what the islands fear most. “Each side is asking the other to give up something that belongs to us,” said Per Aldous, who leads the council of Little Halvern. Its shop has bread until Thursday.',
      ),
      p(
        'The two sides are to meet on Wednesday under a mediator. If they do not agree, a second strike, of two days, begins at midnight on Sunday.',
      ),
    ],
    meta: {
      slug: 'FERRY-STRIKE',
      section: 'World',
      keywords: ['strike', 'ferries', 'islands'],
      subjects: ['medtop:09000000'],
      urgency: 3,
      language: 'en',
      targetLength: 250,
    },
  },
}
