/** Saves the printed page as a PDF at a path that the person chooses. */
import { writeFile } from 'node:fs/promises'

/** The parts of Electron's webContents and dialog that are used. */
export interface PdfTools {
  print(): Promise<Uint8Array>
  /** Resolves to the path to save at; undefined if the person cancels. */
  choosePath(suggestion: string): Promise<string | undefined>
  /** Shows why the PDF could not be saved. */
  complain(reason: string): void
  /** The file name for a page without a title. */
  untitled: string
}

/** @param title the page's title, suggested as the file name */
export async function savePdf(title: string, tools: PdfTools): Promise<void> {
  const path = await tools.choosePath(`${fileName(title) || tools.untitled}.pdf`)
  if (path === undefined) return
  try {
    await writeFile(path, await tools.print())
  } catch (error) {
    tools.complain(error instanceof Error ? error.message : String(error))
  }
}

/** Returns the title as a file name for every system; empty if nothing is left of it. */
function fileName(title: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are among what a file name must not hold
  const plain = title.replace(/[\s\u0000-\u001f\\/:*?"<>|]+/g, ' ').trim()
  return plain.slice(0, 100)
}
