import { existsSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Where `npm run build` puts the app. */
const BUILT_APP = resolve(import.meta.dirname, '../../out/renderer')

/** Serves the app at `/` where it is built. Files with a hash in their name never change; the others are asked for anew. */
export async function appFiles(app: FastifyInstance, root: string = BUILT_APP): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return
  const hashed = join(root, 'assets') + sep
  await app.register(fastifyStatic, {
    root,
    cacheControl: false,
    dotfiles: 'ignore',
    // Source maps and the like stay on the server.
    allowedPath: (path) => !basename(path).endsWith('.map'),
    setHeaders(response, path) {
      const cache = path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'
      response.setHeader('cache-control', cache)
    },
  })
}
