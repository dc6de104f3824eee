/** The interface of destinations. Each type is a file beside this one and a line in `kinds.ts`. */
import type { MessageOrText } from '#shared/messages/message.ts'
import type { DestinationKindName } from '#shared/protocol/http.ts'
import type { WireItem } from '#shared/wire/item.ts'
import { MessageError } from '../../message-error.ts'

/** The content of a delivery. */
export interface Parcel {
  /** The delivery id, the same at each attempt. A receiver that has it already may drop the parcel. */
  id: string
  /** The item's file name, the same at each attempt, e.g. `<storyId>-v2.ninjs.json`. */
  name: string
  text: string
  contentType: string
  /** The item's data for a subject line or headers. */
  item: Pick<WireItem, 'uri' | 'version' | 'kind' | 'slug' | 'headline' | 'edNote'>
  /** The item's pictures, which must arrive before it. */
  pictures: readonly ParcelPicture[]
}

export interface ParcelPicture {
  name: string
  /** MIME type. */
  type: string
  /** The path of the file on this computer. */
  path: string
}

/** How to reach a destination. */
export interface Access {
  /** In the form of `DESTINATION_SETTINGS` for its type. */
  settings: unknown
  /** The stored secrets. They must never appear in a message. */
  secrets: Readonly<Record<string, string>>
  /** Aborts the attempt: it takes too long, or its item must no longer be sent. */
  signal: AbortSignal
}

export interface Receipt {
  /** Where the parcel went, e.g. the path of a file. */
  detail: MessageOrText
  /** The beginning of the receiver's response. */
  response?: string
}

/** Why a parcel was not accepted, and what to do about it. */
export class DeliveryError extends MessageError {
  /** True if the same parcel, sent in the same way, will be refused again. */
  readonly permanent: boolean
  /** True if some recipients accepted it, and would get it again at each retry. */
  readonly partly: boolean
  readonly response: string | null

  constructor(
    said: MessageOrText,
    {
      permanent = false,
      partly = false,
      response = null,
      cause,
    }: { permanent?: boolean; partly?: boolean; response?: string | null; cause?: unknown } = {},
  ) {
    super(said, cause)
    this.name = 'DeliveryError'
    this.permanent = permanent
    this.partly = partly
    this.response = response
  }
}

/**
 * Sends parcels. Sending one twice must be harmless: after a crash it is unknown whether a parcel was sent, so it is
 * sent again.
 */
export interface DestinationKind {
  name: DestinationKindName
  /** Rejects with an Error that says what went wrong and what to do. */
  deliver(parcel: Parcel, access: Access): Promise<Receipt>
  /** Sends a test in the same way as a delivery, and removes it again if possible. */
  test(access: Access): Promise<Receipt>
}
