import { describe, expect, it } from 'vitest'
import { stylesheet } from '../../../src/io/http/stylesheet.ts'

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
