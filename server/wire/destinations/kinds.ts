import type { Folders } from '../folders.ts'
import type { DestinationKind } from './destination.ts'
import { fileDrop } from './file-drop.ts'
import { ftps } from './ftps.ts'
import { httpPush } from './http-push.ts'
import { mail } from './mail.ts'
import { s3 } from './s3.ts'
import { sftp } from './sftp.ts'

/** Returns all destination types. `folders`: those that file drops may use. */
export function destinationKinds(folders: Folders): DestinationKind[] {
  return [fileDrop(folders), httpPush, sftp, ftps, mail, s3]
}
