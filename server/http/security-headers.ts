import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * Content-Security-Policy of the app as the server shows it, from nothing upward. `'self'` covers the WebSockets of the
 * same address too (CSP 3). Inline styles are allowed since TipTap and Radix put their own style elements into the
 * page; scripts never are.
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
    // The relay itself speaks plain HTTP; what stands before it and speaks HTTPS says so.
    strictTransportSecurity: false,
  })
}
