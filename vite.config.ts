/**
 * How the renderer is built and served, for both shells: electron.vite.config.ts takes it for the desktop app and its
 * build is what the newsroom's server shows a browser. On its own it is the development server (`npm run dev`).
 */
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const here = import.meta.dirname

/** The name that the service worker's source has for the list of the build's files, filled in below. */
const FILES = '__GALLEY_FILES__'

/**
 * Tells the service worker what to keep for offline use: `__GALLEY_FILES__` in its source becomes an array of the paths
 * of all built files, relative to the page. Their names carry hashes, so a new build is a new worker.
 */
function listFilesForServiceWorker(): Plugin {
  return {
    name: 'galley:service-worker-files',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['service-worker.js']
        if (worker?.type !== 'chunk') return
        const files = Object.keys(bundle).filter((name) => name !== worker.fileName && !name.endsWith('.map'))
        worker.code = worker.code.replaceAll(FILES, JSON.stringify(files.sort()))
      },
    },
  }
}

/** The page's own policy forbids the inline script with which React's refresh starts, so development goes without. */
function withoutPolicyInDevelopment(): Plugin {
  return {
    name: 'galley:development-policy',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
  }
}

/** The newsroom's server that the development server passes requests on to. */
const relay = `http://127.0.0.1:${process.env['GALLEY_PORT'] ?? '4870'}`

/** Where the development server listens (GALLEY_DEV_PORT). */
const DEVELOPMENT_PORT = Number(process.env['GALLEY_DEV_PORT'] ?? '5173')

export default defineConfig({
  root: resolve(here, 'renderer'),
  // The app lives at one address and never in a folder, so relative paths serve app:// and http alike.
  base: './',
  envDir: false,
  cacheDir: resolve(here, '.cache/vite'),
  plugins: [react(), listFilesForServiceWorker(), withoutPolicyInDevelopment()],
  build: {
    outDir: resolve(here, 'out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    minify: true,
    // It is loaded from this computer or kept by the service worker: one file is simpler than many.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      input: {
        index: resolve(here, 'renderer/index.html'),
        'service-worker': resolve(here, 'renderer/service-worker/service-worker.ts'),
      },
      output: {
        // A worker's address is its identity, so it alone has no hash.
        entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  server: {
    host: '127.0.0.1',
    port: DEVELOPMENT_PORT,
    strictPort: true,
    proxy: {
      // renderer/api has modules under the same path.
      '/api': { target: relay, bypass: ({ url }) => (/\.tsx?(\?|$)/.test(url ?? '') ? url : undefined) },
      '/media': relay,
      '/relay': { target: relay, ws: true },
      '/live': { target: relay, ws: true },
    },
  },
})
