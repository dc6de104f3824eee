/** What is wrong with a document, and where. Lines and columns count from 1. */
export interface Fault {
  line: number
  column?: number
  message: string
}
