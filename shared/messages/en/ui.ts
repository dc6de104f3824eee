export const ui = {
  'ui.and-others': 'and {names}',
  'ui.copied': 'Copied',
  'ui.copy': 'Copy',
  'ui.copy-failed': 'Not copied',
  'ui.copy-failed-explanation': 'Galley can’t use the clipboard here.',
  'ui.dismiss': 'Dismiss',
  'ui.loading': 'Loading',
  'ui.moment': '{time} ({place})',
  'ui.moment-elsewhere': '{there} in {place}, which is {here} here',
  'ui.notice': 'Notice',
  'ui.notices': 'Notices',
} as const satisfies Record<`ui.${string}`, string>
