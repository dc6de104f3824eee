import type { Messages } from '#shared/messages/messages.ts'

/** The IPTC genres that newsrooms use (http://cv.iptc.org/newscodes/genre/). */
const OFFERED = [
  'Analysis',
  'Background',
  'Biography',
  'Current',
  'Curtain_Raiser',
  'Exclusive',
  'Feature',
  'Forecast',
  'From_the_Scene',
  'History',
  'Interview',
  'Obituary',
  'Opinion',
  'Press_Release',
  'Profile',
  'Quote',
  'Retrospective',
  'Review',
  'Summary',
  'Synopsis',
] as const

/** Returns the options of the list, including the story's own genre if it is unusual. */
export function genreOptions(current: string | undefined, { t }: Messages): { value: string; label: string }[] {
  const options = OFFERED.map((code) => ({ value: `genre:${code}`, label: t(`story.genre.${code}`) }))
  const known = current === undefined || options.some(({ value }) => value === current)
  return [
    { value: '', label: t('story.meta.not-set') },
    ...options,
    ...(known ? [] : [{ value: current, label: current.replace(/^genre:/, '').replaceAll('_', ' ') }]),
  ]
}
