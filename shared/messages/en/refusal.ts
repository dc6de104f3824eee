/** Why the newsroom, or this app, refuses a request: one message for each meaning. Each says what to do. */
export const refusal = {
  'refusal.address-not-found': 'There’s nothing at this address.',
  'refusal.already-published': 'The story is already published. Publish an update or a correction instead.',
  'refusal.app-not-built': 'The app isn’t built on this server. Build it with: npm run build',
  'refusal.bad-request': '“{field}”: {problem}',
  'refusal.checks-failed': '{count, plural, one {# problem} other {# problems}} to fix before publishing.',
  'refusal.correction-note-missing': 'Write a correction note that says what was wrong.',
  'refusal.database-damaged': 'The newsroom’s disk or database has a fault. Ask an administrator to look into it.',
  'refusal.database-unreachable': 'The newsroom’s database can’t be reached right now. Try again.',
  'refusal.delivery-in-progress': 'That delivery is in progress. Wait until it ends and try again.',
  'refusal.delivery-not-found': 'Galley can’t find that delivery.',
  'refusal.delivery-sent': 'That delivery has already been sent. To send it once more, use “Send again”.',
  'refusal.desk-not-found': 'Galley can’t find that desk. Choose one of the newsroom’s desks.',
  'refusal.destination-not-found': 'Galley can’t find that destination.',
  'refusal.destination-removed': 'That destination was removed. Choose or add another one.',
  'refusal.destination-type-fixed': 'A destination’s type can’t be changed. Add a new destination and remove this one.',
  'refusal.destination-type-unknown':
    'This version of Galley doesn’t support destinations of type {type}. Update the server.',
  'refusal.disk-full': 'The newsroom’s disk is full, so nothing was changed. Ask an administrator to free up space.',
  'refusal.disk-read-only':
    'The newsroom’s disk can’t be written right now, so nothing was changed. Ask an administrator to look into it.',
  'refusal.embargo-too-early': 'The embargo ends before the story goes out. Choose a later time, or no embargo.',
  'refusal.empty-file': 'The file is empty.',
  'refusal.files-busy': 'The newsroom is still busy with other files. Send this one again in a minute.',
  'refusal.folder-not-absolute': 'Enter the folder’s full path, such as /srv/agency.',
  'refusal.folder-not-allowed': 'Galley may only use folders in {folders}. The server’s operator can allow others.',
  'refusal.format-unknown': 'This version of Galley doesn’t support the format {format}.',
  'refusal.host-not-allowed': 'This server doesn’t answer to “{host}”. If that’s its name, add it to GALLEY_HOSTS.',
  'refusal.intake-item-in-use': 'Someone else is creating a story from this item. Look again in a moment.',
  'refusal.intake-item-not-found': 'Galley can’t find that item.',
  'refusal.intake-item-quarantined':
    'This document couldn’t be parsed. Paste the text you need, or ask the sender to send it again.',
  'refusal.intake-item-used': 'A story was already created from this item. If that story isn’t needed, spike it.',
  'refusal.json-only': 'Send the request as JSON.',
  'refusal.kill-wire-desk-only': 'Only the wire desk can kill a story. Tell it at once.',
  'refusal.list-changed': 'This list has changed. Reload it.',
  'refusal.metrics-not-allowed':
    'Read the metrics on the server itself, or send GALLEY_METRICS_TOKEN as “Authorization: Bearer”.',
  'refusal.move-not-allowed': 'You can’t make this move. Ask an editor or the wire desk.',
  'refusal.newer-version-out':
    'A newer version is already out, and this one would replace it. Send the newer version again.',
  'refusal.no-desk': 'The newsroom has no desks yet. Add one first.',
  'refusal.no-destination-left': 'All destinations that had this story were removed. Choose where to send it.',
  'refusal.not-a-picture': 'That file isn’t a picture that Galley can read. Send a JPEG, PNG, WebP, GIF or AVIF.',
  'refusal.not-published-yet':
    'This story isn’t published yet, so it can’t be {kind, select, update {updated} other {corrected}}. Publish it first.',
  'refusal.not-saved-yet':
    'Some of the text on your screen hasn’t reached the newsroom yet. Wait for “Saved to the newsroom” and publish again.',
  'refusal.not-signed-in': 'You’re signed out. Sign in again.',
  'refusal.nothing-to-kill': 'This story isn’t published, so there is nothing to kill. Spike it instead.',
  'refusal.offline': 'The newsroom can’t be reached. Check your connection and try again.',
  'refusal.page-not-found': 'Galley can’t find that page.',
  'refusal.picture-damaged': 'That picture is damaged. Get a new copy from where it came from.',
  'refusal.picture-format': 'Browsers can’t show {format} pictures. Save it as JPEG or PNG and add it again.',
  'refusal.picture-id-taken': 'Another picture already has this id. Add the picture again.',
  'refusal.picture-not-found': 'Galley can’t find that picture.',
  'refusal.picture-too-complex':
    'Decoding that picture takes too long or too much memory. Save it as JPEG and add it again.',
  'refusal.picture-too-large': 'That picture has more than {megapixels, number} million pixels. Make it smaller first.',
  'refusal.private-addresses-off':
    'This server doesn’t connect to internal network addresses. Its operator can allow them.',
  'refusal.publication-not-found': 'Galley can’t find that publication.',
  'refusal.published-meanwhile': 'Another version was published at the same moment. Check it, then schedule again.',
  'refusal.publishing-wire-desk-only': 'Only the wire desk can publish. Mark the story Ready and it will pick it up.',
  'refusal.schedule-ended': 'This story is no longer scheduled. Reload to see what happened to it.',
  'refusal.schedule-not-found': 'Galley can’t find that schedule.',
  'refusal.server-error': 'The newsroom’s server had an error and has logged it. Try again.',
  'refusal.server-unavailable': 'The newsroom isn’t available right now. Try again in a moment.',
  'refusal.session-not-found': 'This session has already ended.',
  'refusal.sign-in-busy': 'Too many people are signing in right now. Try again in a few seconds.',
  'refusal.source-not-found': 'Galley can’t find that source.',
  'refusal.source-paused': 'The newsroom has paused this source. Send it again later.',
  'refusal.source-removed': 'That source was removed. Add a new one.',
  'refusal.source-type-fixed': 'A source’s type can’t be changed. Add a new source and remove this one.',
  'refusal.source-without-token': 'Only an HTTP endpoint has a token.',
  'refusal.state-vector-invalid':
    'The newsroom can’t read what this version of Galley sent. Update Galley and publish again.',
  'refusal.story-id-taken': 'Another story already has this id. Create the new one under an id of its own.',
  'refusal.story-killed':
    'The story was killed, so nothing more of it goes out. Write what still stands as a new story.',
  'refusal.story-moved':
    'The story has moved on: it’s {stage, select, draft {a draft} filed {filed} ready {ready} published {published} spiked {spiked} other {killed}} now.',
  'refusal.story-not-found': 'Galley can’t find that story.',
  'refusal.story-not-ready':
    'The story is {stage, select, draft {a draft} filed {filed} spiked {spiked} other {not Ready}}. Mark it Ready before publishing.',
  'refusal.time-invalid': '{time} isn’t a valid time. Enter one such as 2026-03-29T18:00.',
  'refusal.time-offset-wrong': 'At {time} the clocks in {zone} are at {right}, not {offset}.',
  'refusal.time-passed': 'That time is in the past. Choose a later one, or publish now.',
  'refusal.time-skipped':
    '{time} doesn’t exist in {zone}: the clocks go forward over it that day. Choose another time.',
  'refusal.time-twice':
    '{time} comes twice in {zone} because the clocks go back. Choose an offset: {first} or {second}.',
  'refusal.time-zone-unknown': '{zone} isn’t a time zone. Choose one such as Europe/Athens.',
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
  'refusal.wire-desk-only': 'Only the wire desk can do this. Ask a wire editor.',
  'refusal.wrong-current-password': 'Your current password is wrong.',
  'refusal.wrong-password': 'Wrong email or password.',
  'refusal.wrong-token': 'Wrong address or token for this source.',
} as const satisfies Record<`refusal.${string}`, string>
