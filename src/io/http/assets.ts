import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { ROUTES } from '../../pure/access/paths.ts'
import { inkRules } from '../../pure/charts/ink.ts'
import { remembered } from '../../pure/figures/remembered.ts'
import { darkScheme } from '../../pure/pages/dark-scheme.ts'
import { readAsset } from '../assets.ts'
import { heldTags, holds } from './held-tag.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}
const resolve = createRequire(import.meta.url).resolve

interface Asset {
  body: Buffer
  type: string
  etag: string
  brotli: Buffer
  gzip: Buffer
}

/** The scripts of every page: what they do is written at their head. */
const PAGE_SCRIPTS = ['enhance.js', 'meeting.js', 'live.js', 'crosshair.js'] as const

/**
 * Digest of what every page asks for: it stands in the addresses, so that a browser keeps a file for good and asks for
 * the next one as soon as it differs. @param dsfrDist as for `assetRoutes`.
 */
export function assetVersion(dsfrDist: string | undefined): string {
  const dsfr = readFileSync(join(dsfrFolder(dsfrDist), 'dsfr.main.min.css'), 'utf8')
  return digestOf(
    [dsfr, stylesheet(dsfr), ...[...PAGE_SCRIPTS, 'progress.js'].map(readAsset)].join('\n'),
  ).slice(0, 10)
}

function dsfrFolder(dsfrDist: string | undefined): string {
  return dsfrDist ?? dirname(resolve('@gouvfr/dsfr/dist/dsfr.main.min.css'))
}

/**
 * Style sheets, scripts and icons, read from the packages that ship them, compressed once and kept in memory.
 * @param dsfrDist folder of another copy of DSFR, for a deployer who is bound by its newer terms.
 * @param marianne whether the fonts reserved to State services may be served.
 */
export function assetRoutes(dsfrDist: string | undefined, marianne: boolean): Hono {
  const dsfr = dsfrFolder(dsfrDist)
  const swagger = dirname(resolve('swagger-ui-dist/package.json'))
  const kept = remembered<Promise<Asset>>(1_000)
  const asset = (name: string, read: () => Promise<Buffer>) =>
    kept(name, async () => assetOf(await read(), TYPES[extname(name)] ?? '')).catch(() => undefined)
  const allowed = (path: string) =>
    path === 'dsfr.main.min.css' ||
    /^icons\/[a-z]+\/[\w-]+\.svg$/.test(path) ||
    /^artwork\/[\w/-]+\.svg$/.test(path) ||
    (marianne && /^fonts\/[\w-]+\.woff2$/.test(path))
  const app = new Hono()
  app.get(ROUTES.styles, async c => {
    const read = async () => Buffer.from(stylesheet(await readFile(join(dsfr, 'dsfr.main.min.css'), 'utf8')))
    return answer(c, await asset('vigie.css', read))
  })
  app.get(ROUTES.script, async c =>
    answer(c, await asset('vigie.js', async () => Buffer.from(PAGE_SCRIPTS.map(readAsset).join('\n')))),
  )
  app.get(ROUTES.pageScript, async c => {
    const file = c.req.param('file')
    return answer(c, await asset(file, async () => Buffer.from(readAsset(file))))
  })
  app.get(ROUTES.swagger, async c => {
    const file = c.req.param('file')
    return answer(c, await asset(`swagger/${file}`, () => readFile(join(swagger, file))))
  })
  app.get(ROUTES.dsfr, async c => {
    const path = normalize(c.req.path.slice(ROUTES.dsfr.indexOf('*')))
      .split(sep)
      .join('/')
    if (!allowed(path)) return c.notFound()
    return answer(c, await asset(`dsfr/${path}`, () => readFile(join(dsfr, path))))
  })
  return app
}

async function assetOf(body: Buffer, type: string): Promise<Asset> {
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    promisify(gzip)(body),
  ])
  const etag = `"${digestOf(body)}"`
  return { body, type, etag, brotli, gzip: gzipped }
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22)
}

// An address with a version never changes its content; icons, that a style sheet names, have none.
const FOR_GOOD = 'public, max-age=31536000, immutable'
const FOR_A_DAY = 'public, max-age=86400'

function answer(c: Context, asset: Asset | undefined): Response | Promise<Response> {
  if (asset === undefined) return c.notFound()
  const headers: Record<string, string> = {
    'content-type': asset.type,
    etag: asset.etag,
    'cache-control': c.req.query('v') === undefined ? FOR_A_DAY : FOR_GOOD,
    vary: 'Accept-Encoding',
  }
  if (holds(heldTags(c.req.header('if-none-match')), asset.etag)) return c.body(null, 304, headers)
  const accepted = c.req.header('accept-encoding') ?? ''
  if (/\bbr\b/.test(accepted)) return bytes(c, asset.brotli, { ...headers, 'content-encoding': 'br' })
  if (/\bgzip\b/.test(accepted)) return bytes(c, asset.gzip, { ...headers, 'content-encoding': 'gzip' })
  return bytes(c, asset.body, headers)
}

function bytes(c: Context, body: Buffer, headers: Record<string, string>): Response {
  return c.body(new Uint8Array(body), 200, headers)
}

/**
 * The stylesheet served at `/assets/vigie.css`, after DSFR's own: the house's rules, the inks of charts, the dark scheme
 * without script, and paper.
 *
 * @param dsfrStylesheet text of the `dsfr.main.min.css` that is served, from which the dark colours are read.
 */
export function stylesheet(dsfrStylesheet: string): string {
  return [
    readAsset('vigie.css'),
    inkRules(),
    darkScheme(dsfrStylesheet),
    readAsset('dark.css'),
    readAsset('print.css'),
  ].join('\n')
}
