import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { assetRoutes, assetVersion, stylesheet } from '../../../src/io/http/assets.ts'

const SHIPPED = dirname(createRequire(import.meta.url).resolve('@gouvfr/dsfr/dist/dsfr.main.min.css'))

describe('assets', () => {
  const app = assetRoutes(undefined, false)

  test('are kept for good under an address with their version, for a day without', async () => {
    const version = assetVersion(undefined)
    expect(version).toMatch(/^[\w-]{10}$/)
    const versioned = await app.request(`/assets/vigie.css?v=${version}`)
    expect(versioned.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const plain = await app.request('/dsfr/icons/system/add-line.svg')
    expect(plain.headers.get('cache-control')).toBe('public, max-age=86400')
  })

  test('travel compressed as the browser accepts, and not at all when it has them', async () => {
    const ask = (headers: Record<string, string>) => app.request('/dsfr/dsfr.main.min.css', { headers })
    const brotli = await ask({ 'accept-encoding': 'gzip, br' })
    expect(brotli.headers.get('content-encoding')).toBe('br')
    const [small, whole] = await Promise.all([brotli.arrayBuffer(), (await ask({})).arrayBuffer()])
    expect(small.byteLength).toBeLessThan(whole.byteLength / 8)
    expect((await ask({ 'accept-encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip')
    const again = await ask({ 'if-none-match': brotli.headers.get('etag') ?? '' })
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0])
  })

  test('leave out the letters of the State, unless a State service runs the site', async () => {
    const marianne = '/dsfr/fonts/Marianne-Regular.woff2'
    expect((await app.request(marianne)).status).toBe(404)
    const state = await assetRoutes(undefined, true).request(marianne)
    expect([state.status, state.headers.get('content-type')]).toEqual([200, 'font/woff2'])
  })

  test('never leave their folder', async () => {
    for (const path of [
      '/dsfr/../package.json',
      '/dsfr/%2e%2e/package.json',
      '/dsfr/icons/../../package.json',
    ])
      expect((await app.request(path)).status).toBe(404)
  })

  test('come from another copy of the design system when the deployer has one, under another version', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dsfr-'))
    const css = join(folder, 'dsfr.main.min.css')
    await cp(join(SHIPPED, 'dsfr.main.min.css'), css)
    expect(assetVersion(folder)).toBe(assetVersion(undefined))
    await writeFile(css, ':root{--grey-50:#fff}')
    expect(assetVersion(folder)).not.toBe(assetVersion(undefined))
    const served = await assetRoutes(folder, false).request('/dsfr/dsfr.main.min.css')
    expect(await served.text()).toBe(':root{--grey-50:#fff}')
    await rm(folder, { recursive: true })
  })
})

const CSS = stylesheet(':root[data-fr-theme=dark]{--text-default-grey:#cecece}')

describe('the stylesheet', () => {
  it('never names Marianne nor asks for a file', () => {
    expect(CSS.replace(/\/\*[\s\S]*?\*\//g, '')).not.toMatch(/marianne|url\(|@import|@font-face/i)
  })

  it('gives every element that DSFR puts in Marianne another letter, unless the State runs the site', () => {
    expect(CSS).toMatch(
      /html:not\(\.state\) body,\s*html:not\(\.state\) input,[^{]*\{\s*font-family:\s*"Helvetica Neue",\s*Arial/,
    )
  })

  it('has charts’ inks, the dark scheme and paper', () => {
    expect(CSS).toContain('--ink-observed:#000091')
    expect(CSS).toContain('@media screen and (prefers-color-scheme:dark){:root{--text-default-grey:#cecece}}')
    expect(CSS).toContain('@media print {')
  })

  it('closes what it opens', () => {
    expect(CSS.match(/{/g)?.length).toBe(CSS.match(/}/g)?.length)
  })
})
