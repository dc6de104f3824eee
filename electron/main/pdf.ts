/** Saves the page, as it prints, as a PDF where the person says. */
import { writeFile } from 'node:fs/promises'

/** The parts of Electron's webContents and dialog that are used. */
export interface PdfTools {
  print(): Promise<Uint8Array>
  /** The path to save at; undefined when the person changed their mind. */
  choosePath(suggestion: string): Promise<string | undefined>
  /** Tells the person why it could not be saved. */
  complain(message: string): void
}

/** @param title what the page is called; the file is suggested under that name */
export async function savePdf(title: string, tools: PdfTools): Promise<void> {
  const path = await tools.choosePath(`${fileName(title)}.pdf`)
  if (path === undefined) return
  try {
    await writeFile(path, await tools.print())
  } catch (error) {
    tools.complain(`The PDF could not be saved: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The title as a file may be called on every system. */
function fileName(title: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are among what a file name must not hold
  const plain = title.replace(/[\s\u0000-\u001f\\/:*?"<>|]+/g, ' ').trim()
  return plain === '' ? 'Story' : plain.slice(0, 100)
}
