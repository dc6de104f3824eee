/** What goes wrong with this computer's disk, as a sentence for the person whose words are at stake. */

export class DiskError extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'DiskError'
  }

  /** Whether it failed for want of room. */
  get full(): boolean {
    return this.cause instanceof Error && this.cause.name === 'QuotaExceededError'
  }
}

/** Turns whatever IndexedDB threw into a sentence that says what is at stake and what to do. */
export function diskError(cause: unknown): DiskError {
  return cause instanceof DiskError ? cause : new DiskError(sentence(cause), cause)
}

function sentence(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : ''
  switch (name) {
    case 'QuotaExceededError':
      return "There is no room left on this computer's disk, so new words are not kept on it. Make room, and do not close Galley before it says that they are saved to the newsroom."
    case 'VersionError':
      return 'A newer version of Galley has kept words on this computer. Update Galley, or reload it, to read and keep them here.'
    case 'SecurityError':
      return "This browser does not let Galley use this computer's disk (a private window, perhaps). Words are only safe once they are saved to the newsroom."
    default:
      return `This computer's disk cannot be used${name === '' ? '' : ` (${name})`}, so words are only safe once they are saved to the newsroom. Do not close Galley before it says so.`
  }
}
