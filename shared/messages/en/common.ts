/** Words that several screens share with the same meaning. A word that means something else elsewhere gets an id there. */
export const common = {
  'common.cancel': 'Cancel',
  'common.close': 'Close',
  'common.offline': 'Offline',
  'common.try-again': 'Try again',
  'common.role.reporter': 'Reporter',
  'common.role.editor': 'Editor',
  'common.role.wire': 'Wire editor',
  'common.field.headline': 'Headline',
  'common.field.standfirst': 'Standfirst',
  'common.field.byline': 'Byline',
  'common.field.dateline': 'Dateline',
  'common.field.body': 'Body',
  'common.field.caption': 'Caption',
  'common.field.credit': 'Credit',
} as const satisfies Record<`common.${string}`, string>
