import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { darkScheme } from '../../../src/pure/pages/dark-scheme.ts'

const DSFR = readFileSync(
  new URL('../../../node_modules/@gouvfr/dsfr/dist/dsfr.main.min.css', import.meta.url),
  'utf8',
)

describe('darkScheme', () => {
  it('moves what is under DSFR’s attribute under the reader’s own wish, on screens only', () => {
    expect(
      darkScheme(
        '@charset "utf-8";:root{--a:#fff}:root[data-fr-theme=dark]{--a:#000}@media (min-width:48em){[data-fr-theme=dark] .x{c:d}}',
      ),
    ).toBe(
      '@media screen and (prefers-color-scheme:dark){:root{--a:#000}}\n@media screen and (prefers-color-scheme:dark) and (min-width:48em){:root .x{c:d}}',
    )
  })

  it('finds the colours of the DSFR that is served', () => {
    const dark = darkScheme(DSFR)
    expect(dark).toContain('--grey-1000-50:#161616')
    expect(dark).toContain('--grey-200-850:#cecece')
    expect(dark).toContain('.fr-select')
    expect(dark).not.toContain('data-fr-theme')
    for (const line of dark.split('\n')) {
      expect(line).toMatch(/^@media screen and \(prefers-color-scheme:dark\)/)
      expect(line.match(/{/g)?.length).toBe(line.match(/}/g)?.length)
    }
  })
})
