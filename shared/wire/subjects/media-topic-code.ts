/** A Media Topic's code from the ways in which IPTC writes it: `medtop:01000000`, or its address. Null for anything else. */
export function mediaTopicCode(reference: string | undefined): string | null {
  const number = /^(?:medtop:|https?:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/)([A-Za-z0-9_-]+)$/.exec(
    reference ?? '',
  )?.[1]
  return number === undefined ? null : `medtop:${number}`
}
