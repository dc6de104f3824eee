/** Pictures of cameras and agencies are below these limits. A small file that unpacks to more is an attack. */
export const MOST_BYTES = 50 * 1024 * 1024
/** Of all frames together, for an animation. */
export const MOST_PIXELS = 100_000_000
/** AVIF takes twenty times as long as JPEG. */
export const MOST_AVIF_PIXELS = 16_000_000
