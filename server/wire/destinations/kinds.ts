import type { DestinationKind } from './destination.ts'
import { fileDrop } from './file-drop.ts'
import { ftps } from './ftps.ts'
import { httpPush } from './http-push.ts'
import { mail } from './mail.ts'
import { s3 } from './s3.ts'
import { sftp } from './sftp.ts'

/** Returns all destination types. `dropFolder` is GALLEY_DROP. */
export function destinationKinds(dropFolder: string): DestinationKind[] {
  return [fileDrop(dropFolder), httpPush, sftp, ftps, mail, s3]
}
