/** What the desktop app remembers between runs, in one small JSON file. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { languageSchema, serverAddressSchema } from '../bridge.ts'

export const windowPlaceSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
})
/** Where the window was, in the desktop's pixels; when it was maximized, where it goes back to. */
export type WindowPlace = z.infer<typeof windowPlaceSchema>

const settingsSchema = z.object({
  server: serverAddressSchema.nullable().catch(null),
  window: windowPlaceSchema.nullable().catch(null),
  /** The language of the menu and dialogs, as the page last chose it; null for the system's. */
  language: languageSchema.nullable().catch(null),
})
export type Settings = z.infer<typeof settingsSchema>

export interface SettingsFile {
  read(): Settings
  /** Writes at once, whole or not at all: a new file replaces the old one. */
  change(patch: Partial<Settings>): void
}

/** Reads the settings in `path`. A missing or unreadable one counts as not set. */
export function openSettings(path: string): SettingsFile {
  let settings = settingsSchema.catch({ server: null, window: null, language: null }).parse(readJson(path))
  return {
    read: () => settings,
    change(patch) {
      settings = { ...settings, ...patch }
      const fresh = `${path}.new`
      writeFileSync(fresh, JSON.stringify(settings, null, 2))
      renameSync(fresh, path)
    },
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}
