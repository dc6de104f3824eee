/** The names that main and preload talk under. Apart from the schemas, so that the preload stays a few lines. */

/** The channel of one of the bridge's functions (`call`), or of an event for the page. */
export const callChannel = (name: string): string => `galley:call:${name}`

/** A command was chosen in the native menu; carries its id. */
export const COMMAND_EVENT = 'galley:command'
/** A story's link was opened; the page takes its id with the call `takeStory`. Carries nothing. */
export const STORY_EVENT = 'galley:story'

/** How the preload learns the server's address: an argument of the page's process. */
export const SERVER_ARGUMENT = '--galley-server='
