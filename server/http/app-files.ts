import { existsSync } from 'node:fs'
import { basename, join, resolve, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** The output folder of `npm run build`. */
const BUILT_APP = resolve(import.meta.dirname, '../../out/renderer')

/** Serves the app at `/` if it is built. Files with a hash in their name never change; all others are revalidated. */
export async function appFiles(app: FastifyInstance, root: string = BUILT_APP): Promise<void> {
  if (!existsSync(join(root, 'index.html'))) return
  const hashed = join(root, 'assets') + sep
  await app.register(fastifyStatic, {
    root,
    cacheControl: false,
    dotfiles: 'ignore',
    // Do not serve source maps and the like.
    allowedPath: (path) => !basename(path).endsWith('.map'),
    setHeaders(response, path) {
      const cache = path.startsWith(hashed) ? 'public, max-age=31536000, immutable' : 'no-cache'
      response.setHeader('cache-control', cache)
    },
  })
}
