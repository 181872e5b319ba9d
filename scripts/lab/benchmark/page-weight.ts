import { get } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** What a first visit to a page costs before anything is shown. */
export interface PageWeight {
  path: string
  /** Compressed bytes of the page, its style sheets and its scripts, as they travel. */
  bytes: number
  /** The same, file by file, the page first. */
  files: { address: string; bytes: number }[]
}

/** Most that a first load may weigh, in bytes: 120 kB. */
export const WEIGHT_BUDGET = 120_000

/** The pages that people open first. */
export const WEIGHED_PATHS = [
  '/',
  '/delais',
  '/rendez-vous',
  '/demande',
  '/mairies',
  '/mairies/16102',
  '/scenarios',
  '/effectifs',
  '/comite',
  '/usagers',
  '/donnees',
  '/fiabilite',
  '/methode',
  '/docs',
  '/docs/explorer',
] as const

/** Weighs the first load of pages of a running service, such as `http://localhost:3000`, heaviest first. */
export async function pageWeights(
  base: string,
  paths: readonly string[] = WEIGHED_PATHS,
): Promise<PageWeight[]> {
  const weights: PageWeight[] = []
  for (const path of paths) weights.push(await pageWeight(base, path))
  return weights.sort((a, b) => b.bytes - a.bytes)
}

async function pageWeight(base: string, path: string): Promise<PageWeight> {
  const page = await travelled(new URL(path, base))
  const files: PageWeight['files'] = [{ address: path, bytes: page.bytes.length }]
  for (const address of neededBy(page.text()))
    files.push({ address, bytes: (await travelled(new URL(address, base))).bytes.length })
  return { path, bytes: files.reduce((sum, file) => sum + file.bytes, 0), files }
}

/** Addresses of the style sheets and scripts that a page asks for, in its order. */
export function neededBy(document: string): string[] {
  return [...document.matchAll(/<(?:link rel="stylesheet" href|script src)="([^"]+)"/g)].map(
    ([, address]) => address ?? '',
  )
}

/** What travelled, and the text in it. */
interface Travelled {
  bytes: Buffer
  text: () => string
}

const UNPACKED = new Map([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
])

// fetch() would decompress: only the raw answer tells what travelled.
function travelled(address: URL): Promise<Travelled> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { accept: 'text/html,*/*', 'accept-encoding': 'gzip, br' } }, response => {
      if ((response.statusCode ?? 500) >= 400) reject(new Error(`${address}: ${response.statusCode}`))
      const unpack = UNPACKED.get(response.headers['content-encoding'] ?? '')
      buffer(response).then(bytes => resolve({ bytes, text: () => String(unpack?.(bytes) ?? bytes) }), reject)
    }).on('error', reject)
  })
}

async function main(base: string): Promise<void> {
  const weights = await pageWeights(base)
  for (const { path, bytes, files } of weights) {
    const parts = files.map(file => (file.bytes / 1_000).toFixed(1)).join(' + ')
    console.log(`${path.padEnd(24)} ${(bytes / 1_000).toFixed(1).padStart(6)} ko  (${parts})`)
  }
  const heavy = weights.filter(weight => weight.bytes > WEIGHT_BUDGET)
  if (heavy.length > 0) process.exitCode = 1
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(process.argv[2] ?? 'http://localhost:3000')
