/** Builds the desktop app: out/main and out/preload here, out/renderer as vite.config.ts says. */
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import renderer from './vite.config.ts'

const here = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      // Everything is bundled, so that the packaged app needs no node_modules.
      externalizeDeps: false,
      rolldownOptions: { input: { main: resolve(here, 'electron/main/main.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      // A sandboxed preload is one CommonJS file.
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
})
