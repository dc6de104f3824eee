/** The seam for destinations: each kind is a file beside this one and a line in `kinds.ts`. */
import type { DestinationKindName } from '#shared/protocol/http.ts'
import type { WireItem } from '#shared/wire/item.ts'

/** What a destination is to be given. */
export interface Parcel {
  /** The delivery's id, the same at each attempt: whoever has received it once may drop it. */
  id: string
  /** The item's file name, the same at each attempt, e.g. `<storyId>-v2.ninjs.json`. */
  name: string
  text: string
  contentType: string
  /** What it is about, for a subject line or a header. */
  item: Pick<WireItem, 'uri' | 'version' | 'kind' | 'slug' | 'headline' | 'edNote'>
  /** The pictures that the item shows, which have to be there before it is. */
  pictures: readonly ParcelPicture[]
}

export interface ParcelPicture {
  name: string
  /** MIME type. */
  type: string
  /** Where it lies on this computer. */
  path: string
}

/** How a destination is reached. */
export interface Way {
  /** As `DESTINATION_SETTINGS` has them for the kind. */
  settings: unknown
  /** Those secrets that are kept. None of them may come into a message. */
  secrets: Readonly<Record<string, string>>
  /** Ends the attempt: it has taken too long, or what it sends is not to be sent any more. */
  signal: AbortSignal
}

export interface Receipt {
  /** Where the parcel went, e.g. a file's path. */
  detail: string
  /** The beginning of what the receiver answered. */
  response?: string
}

/** Why a parcel was not taken, and what to do about it. */
export class DeliveryError extends Error {
  /** Whether the same parcel, sent in the same way, will be refused again. */
  readonly permanent: boolean
  /** Whether others there have taken it, who would get it again each time that it is tried. */
  readonly partly: boolean
  readonly response: string | null

  constructor(
    message: string,
    {
      permanent = false,
      partly = false,
      response = null,
      cause,
    }: { permanent?: boolean; partly?: boolean; response?: string | null; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'DeliveryError'
    this.permanent = permanent
    this.partly = partly
    this.response = response
  }
}

/**
 * A way to send parcels. Sending one twice must do no harm: after a crash nobody knows whether it was sent, and it is
 * sent again.
 */
export interface DestinationKind {
  name: DestinationKindName
  /** Rejects with an Error whose message says why not and what to do. */
  deliver(parcel: Parcel, way: Way): Promise<Receipt>
  /** Does all that a delivery does with something that says that it is a test, and takes it away again where it can. */
  test(way: Way): Promise<Receipt>
}
