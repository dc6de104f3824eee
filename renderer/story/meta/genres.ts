/** The IPTC genres that newsrooms use (http://cv.iptc.org/newscodes/genre/). */
const OFFERED: readonly (readonly [code: string, name: string])[] = [
  ['Analysis', 'Analysis'],
  ['Background', 'Background'],
  ['Biography', 'Biography'],
  ['Current', 'Current'],
  ['Curtain_Raiser', 'Curtain raiser'],
  ['Exclusive', 'Exclusive'],
  ['Feature', 'Feature'],
  ['Forecast', 'Forecast'],
  ['From_the_Scene', 'From the scene'],
  ['History', 'History'],
  ['Interview', 'Interview'],
  ['Obituary', 'Obituary'],
  ['Opinion', 'Opinion'],
  ['Press_Release', 'Press release'],
  ['Profile', 'Profile'],
  ['Quote', 'Quote'],
  ['Retrospective', 'Retrospective'],
  ['Review', 'Review'],
  ['Summary', 'Summary'],
  ['Synopsis', 'Synopsis'],
]

/** Returns the options of the list, including the story's own genre if it is unusual. */
export function genreOptions(current: string | undefined): { value: string; label: string }[] {
  const options = OFFERED.map(([code, label]) => ({ value: `genre:${code}`, label }))
  const known = current === undefined || options.some(({ value }) => value === current)
  return [
    { value: '', label: 'Not set' },
    ...options,
    ...(known ? [] : [{ value: current, label: current.replace(/^genre:/, '').replaceAll('_', ' ') }]),
  ]
}
