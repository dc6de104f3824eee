/** Returns the code of a Media Topic, given as `medtop:01000000` or by its address; null for anything else. */
export function mediaTopicCode(reference: string | undefined): string | null {
  const number = /^(?:medtop:|https?:\/\/cv\.iptc\.org\/newscodes\/mediatopic\/)([A-Za-z0-9_-]+)$/.exec(
    reference ?? '',
  )?.[1]
  return number === undefined ? null : `medtop:${number}`
}
