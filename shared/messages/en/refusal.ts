/** Why the newsroom, or this app, refuses a request: one message for each meaning. Each says what to do. */
export const refusal = {
  'refusal.address-not-found': 'There’s nothing at this address.',
  'refusal.app-not-built': 'The app isn’t built on this server. Build it with: npm run build',
  'refusal.bad-request': '“{field}”: {problem}',
  'refusal.database-damaged': 'The newsroom’s disk or database has a fault. Ask an administrator to look into it.',
  'refusal.database-unreachable': 'The newsroom’s database can’t be reached right now. Try again.',
  'refusal.desk-not-found': 'Galley can’t find that desk. Choose one of the newsroom’s desks.',
  'refusal.disk-full': 'The newsroom’s disk is full, so nothing was changed. Ask an administrator to free up space.',
  'refusal.disk-read-only':
    'The newsroom’s disk can’t be written right now, so nothing was changed. Ask an administrator to look into it.',
  'refusal.empty-file': 'The file is empty.',
  'refusal.files-busy': 'The newsroom is still busy with other files. Send this one again in a minute.',
  'refusal.host-not-allowed': 'This server doesn’t answer to “{host}”. If that’s its name, add it to GALLEY_HOSTS.',
  'refusal.intake-item-not-found': 'Galley can’t find that item.',
  'refusal.json-only': 'Send the request as JSON.',
  'refusal.list-changed': 'This list has changed. Reload it.',
  'refusal.metrics-not-allowed':
    'Read the metrics on the server itself, or send GALLEY_METRICS_TOKEN as “Authorization: Bearer”.',
  'refusal.move-not-allowed': 'You can’t make this move. Ask an editor or the wire desk.',
  'refusal.not-a-picture': 'That file isn’t a picture that Galley can read. Send a JPEG, PNG, WebP, GIF or AVIF.',
  'refusal.not-signed-in': 'You’re signed out. Sign in again.',
  'refusal.offline': 'The newsroom can’t be reached. Check your connection and try again.',
  'refusal.page-not-found': 'Galley can’t find that page.',
  'refusal.picture-damaged': 'That picture is damaged. Get a new copy from where it came from.',
  'refusal.picture-format': 'Browsers can’t show {format} pictures. Save it as JPEG or PNG and add it again.',
  'refusal.picture-id-taken': 'Another picture already has this id. Add the picture again.',
  'refusal.picture-not-found': 'Galley can’t find that picture.',
  'refusal.picture-too-complex':
    'Decoding that picture takes too long or too much memory. Save it as JPEG and add it again.',
  'refusal.picture-too-large': 'That picture has more than {megapixels, number} million pixels. Make it smaller first.',
  'refusal.server-error': 'The newsroom’s server had an error and has logged it. Try again.',
  'refusal.server-unavailable': 'The newsroom isn’t available right now. Try again in a moment.',
  'refusal.session-not-found': 'This session has already ended.',
  'refusal.sign-in-busy': 'Too many people are signing in right now. Try again in a few seconds.',
  'refusal.source-paused': 'The newsroom has paused this source. Send it again later.',
  'refusal.story-id-taken': 'Another story already has this id. Create the new one under an id of its own.',
  'refusal.story-moved':
    'The story has moved on: it’s {stage, select, draft {a draft} filed {filed} ready {ready} published {published} spiked {spiked} other {killed}} now.',
  'refusal.story-not-found': 'Galley can’t find that story.',
  'refusal.timeout': 'The newsroom took too long to answer. Try again in a moment.',
  'refusal.too-large': 'That’s more than the newsroom accepts in one request.',
  'refusal.too-many-requests': 'Too many requests. Wait a minute and try again.',
  'refusal.too-many-wrong-passwords':
    'Too many wrong passwords. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  'refusal.too-many-wrong-tokens':
    'Too many wrong tokens. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  'refusal.unknown-answer':
    'This version of Galley can’t read the server’s answer. Update Galley, or check the newsroom’s address.',
  'refusal.uploads-busy': 'Too many files are being sent at once. Send this one again in a moment.',
  'refusal.wrong-current-password': 'Your current password is wrong.',
  'refusal.wrong-password': 'Wrong email or password.',
  'refusal.wrong-token': 'Wrong address or token for this source.',
} as const satisfies Record<`refusal.${string}`, string>
