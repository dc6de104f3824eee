/** What the server writes into rows and its log. */
export const server = {
  'server.delivery.address-missing': '{host} has no address. Check its name.',
  'server.delivery.certificate':
    'The certificate of {where} isn’t valid ({reason}). Ask its operators to renew it, or enter the certificate that signed it.',
  'server.delivery.destination-removed': 'Its destination was removed.',
  'server.delivery.failed': '{where} can’t be sent to: {reason}',
  'server.delivery.folder-failed': '{folder} can’t be written: {reason}',
  'server.delivery.folder-full': 'The disk of {folder} is full. Free some space.',
  'server.delivery.folder-missing': 'The folder {folder} doesn’t exist. Create it, or mount it again.',
  'server.delivery.folder-not-writable': 'Galley may not write into {folder}. Give it permission.',
  'server.delivery.format-unknown': 'This version of Galley doesn’t support the format {format}. Update the server.',
  'server.delivery.host-key':
    '{host} shows the host key {key}, not the one that was set up. Ask its operators whether they changed it before you accept it.',
  'server.delivery.hung-up': '{where} closed the connection. Galley will try again.',
  'server.delivery.key-changed':
    'The stored password can’t be decrypted: it was stored with another key. Give this server the same GALLEY_SECRET_KEY or secret.key as before, or enter the password again.',
  'server.delivery.kill-unreachable':
    'This destination was removed and may still have the story. Tell its people by telephone.',
  'server.delivery.killed-before': 'The story was killed before this was sent.',
  'server.delivery.left-out': 'Left out by the wire desk.',
  'server.delivery.mail-later': '{where} can’t take the mail now ({status}). Galley will try again.',
  'server.delivery.mail-refused':
    '{where} refused the mail ({status}). Check the user, the password and the addresses.',
  'server.delivery.mail-refused-partly':
    'The mail server refused {addresses}; the other recipients have it. Correct the address. A retry sends it to all of them again.',
  'server.delivery.not-a-folder': '{folder} isn’t a folder. Replace it with a folder.',
  'server.delivery.not-found': 'The server can’t find {where}. Check the name, and that this server can resolve names.',
  'server.delivery.picture-missing': 'The picture {name} is no longer in the newsroom.',
  'server.delivery.private-address':
    '{host} is in the newsroom’s internal network, where Galley sends nothing. If that is intended, select “Internal network address”; the server’s operator has to allow it, too.',
  'server.delivery.receiver-later': 'The receiver can’t take it now ({status}). Galley will try again.',
  'server.delivery.receiver-refused': 'The receiver refused it ({status}). See its answer, and ask its operators why.',
  'server.delivery.redirected': '{where} redirects, which Galley doesn’t follow. Enter the final address.',
  'server.delivery.refused-connection':
    'Nothing answers at {where}. Check that the receiver is running and that its port is right.',
  'server.delivery.s3-later': 'The storage can’t take it now ({status}). Galley will try again.',
  'server.delivery.s3-no-key': 'The secret access key is missing. Enter it.',
  'server.delivery.s3-refused': 'The storage refused it ({status}). Check bucket, region and keys, and see its answer.',
  'server.delivery.sign-in-refused': '{host} refused to sign in {user}. Check the user, and the password or key.',
  'server.delivery.skipped-because': 'Skipped by {name}: {reason}',
  'server.delivery.skipped-by': 'Skipped by {name}.',
  'server.delivery.stopped': 'Stopped on its way.',
  'server.delivery.timeout':
    'It took longer than {seconds, plural, one {# second} other {# seconds}}. Check that the receiver works and that the connection is fast enough.',
  'server.delivery.type-unknown':
    'This version of Galley doesn’t support destinations of type {type}. Update the server.',
  'server.delivery.unreachable':
    '{where} can’t be reached. Check that this server may connect to it, and that the receiver is up.',
  'server.delivery.writable': 'Galley can write at {where}.',
  'server.folder.not-allowed':
    'Galley may not use the folder {folder}. It may only use folders in {roots}. The server’s operator can allow others.',
  'server.schedule.cancelled-by': 'Cancelled by {name}.',
  'server.schedule.ended-by-kill': 'The story was killed.',
  'server.schedule.ended-by-schedule': 'Another time was chosen.',
  'server.schedule.ended-by-version': 'Version {version, number} was published first.',
  'server.schedule.taken-back': 'The story was taken back after it was scheduled. Schedule it again when it is Ready.',
} as const satisfies Record<`server.${string}`, string>
