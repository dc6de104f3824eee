/** A fault in a document and its place. Lines and columns count from 1. */
export interface Fault {
  line: number
  column?: number
  message: string
}
