/** What to do about a problem before a story is published. */
export const check = {
  'check.needed':
    '{destination} needs {part, select, standfirst {a standfirst} byline {a byline} dateline {a dateline} section {a section} keywords {keywords} subjects {a subject} urgency {an urgency} genre {a genre} place {a place} rights {a rights notice} other {a picture}}.',
  'check.one-line': 'A headline is one line. Join its lines.',
  'check.picture-missing': 'This figure has no picture. Add one, or remove the figure.',
  'check.picture-not-here': 'The picture {name} hasn’t reached the newsroom yet. Wait for it, or remove the figure.',
  'check.required':
    '{part, select, headline {Write a headline.} byline {Fill in the byline.} body {Write the story: the body is empty.} other {Fill in the picture’s credit.}}',
  'check.slug':
    '{problem, select, missing {Write a slug.} long {Use at most 80 characters in the slug.} other {Write the slug on one line.}}',
  'check.source-embargo':
    '{who, select, none {The source} other {{who}}} has embargoed this item until {until, date, ::dMMMyHHmmz}. Set that embargo or a later one, schedule the story for then, or confirm that the embargo was lifted.',
  'check.source-kill':
    '{who, select, none {The source} other {{who}}} has killed this item: do not use it. If the kill does not affect this story, confirm that.',
  'check.source-withheld':
    '{who, select, none {The source} other {{who}}} holds this item for release. Send it with a hold too, wait for its release, or confirm that it was released.',
  'check.subject': '{destination} doesn’t take {count, plural, one {this subject} other {these subjects}}: {subjects}.',
  'check.tk':
    '{count, plural, one {Fill in what is still to come: there is a TK.} other {Fill in what is still to come: there are # TKs.}}',
  'check.too-long':
    '{destination} takes {part, select, headline {a headline} slug {a slug} other {a standfirst}} of at most {limit, plural, one {# character} other {# characters}}. This one has {length, number}.',
} as const satisfies Record<`check.${string}`, string>
