/** The seam for destinations: each kind is a file beside this one and a line in `index.ts`. */

/** What a destination is to be given. */
export interface Parcel {
  /** The item's file name, the same at each attempt, e.g. `<storyId>-v2.ninjs.json`. */
  name: string
  text: string
  contentType: string
  /** The pictures that the item shows, which have to be there before it is. */
  pictures: readonly { name: string; path: string }[]
}

/**
 * A way to send parcels. Sending one twice must do no harm: after a crash nobody knows whether it was sent, and it is
 * sent again.
 */
export interface DestinationKind {
  name: string
  /** Resolves to where the parcel went. Rejects with an Error whose message says why not and what to do. */
  deliver(parcel: Parcel, settings: unknown): Promise<string>
}
