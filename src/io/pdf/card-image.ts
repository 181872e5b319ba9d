import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import type { renderAsync } from '@resvg/resvg-js'
import { LRUCache } from 'lru-cache'
import { oneAtATime } from '../one-at-a-time.ts'
import { fontFiles } from './print-paper.ts'

/** Images drawn at once, and asked for meanwhile. */
const AT_ONCE = 2
const MOST_WAITING = 20

const kept = new LRUCache<string, Promise<Uint8Array>>({ max: 100 })
const line = Array.from({ length: AT_ONCE }, () => ({ waiting: 0, inTurn: oneAtATime() }))

/** Draws an SVG as a PNG, off the main thread, with the fonts of printed documents; the same drawing once; nothing when too many wait. */
export function cardImage(svg: string): Promise<Uint8Array> | undefined {
  const key = createHash('sha256').update(svg).digest('base64url')
  const known = kept.get(key)
  if (known !== undefined) return known
  const free = line.reduce((least, other) => (other.waiting < least.waiting ? other : least))
  if (free.waiting * AT_ONCE >= MOST_WAITING) return undefined
  free.waiting += 1
  const image = free
    .inTurn(() => drawn(svg))
    .finally(() => {
      free.waiting -= 1
    })
  image.catch(() => kept.delete(key))
  kept.set(key, image)
  return image
}

async function drawn(svg: string): Promise<Uint8Array> {
  const resvg = createRequire(import.meta.url)('@resvg/resvg-js') as { renderAsync: typeof renderAsync }
  const font = { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: 'Source Sans 3' }
  return (await resvg.renderAsync(svg, { font, logLevel: 'off' })).asPng()
}
