import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * The app's Content-Security-Policy, from nothing upward. `'self'` covers WebSockets of the same origin (CSP 3). Inline
 * styles are allowed because TipTap and Radix add style elements to the page; inline scripts never are.
 */
const CONTENT_SECURITY_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}

export async function securityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // The relay speaks plain HTTP. A proxy in front of it that speaks HTTPS sets this header.
    strictTransportSecurity: false,
  })
}
