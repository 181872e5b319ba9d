import { describe, expect, it } from 'vitest'
import { INKS, type Ink, inkRules, PART_INKS, paint } from '../../../src/pure/charts/ink.ts'

/** Contrast of two colours (WCAG 2.2, relative luminance). */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('in the %s scheme', scheme => {
  const of = (ink: Ink) => INKS[ink][scheme]

  it('measures contrast as WCAG does', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 9)
    expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.54, 2)
  })

  it.each(['title', 'text', 'faint', 'target'] as const)('text in %s is read', ink => {
    expect(contrast(of(ink), of('paper'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['text'] as const)('text in %s is read on the grey of absent values', ink => {
    expect(contrast(of(ink), of('grid'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(['step1', 'step2', 'step3', 'step4'] as const)('the number in a disc of %s is read', step => {
    expect(contrast(of(step), of(`on-${step}`))).toBeGreaterThanOrEqual(4.5)
  })

  it.each([...PART_INKS, 'observed', 'projected', 'conflict', 'event', 'axis'] as const)(
    'lines and shapes in %s are seen',
    ink => {
      expect(contrast(of(ink), of('paper'))).toBeGreaterThanOrEqual(3)
    },
  )

  it.each(['paper', 'band90', 'band80', 'band50'] as const)('the edge of a band is seen on %s', ground => {
    expect(contrast(of('edge'), of(ground))).toBeGreaterThanOrEqual(3)
  })

  it('the median is seen on the strongest band, and the likeliest band stands out most', () => {
    expect(contrast(of('projected'), of('band50'))).toBeGreaterThanOrEqual(3)
    const ink = (['band50', 'band80', 'band90'] as const).map(band => contrast(of(band), of('paper')))
    expect([...ink].sort((a, b) => b - a)).toEqual(ink)
  })
})

describe('paint', () => {
  it('gives the light colour and a class for the reader’s scheme, never a style', () => {
    expect(paint({ fill: 'none', stroke: 'target' })).toEqual({
      class: 'stroke-target',
      fill: 'none',
      stroke: '#b34000',
    })
  })

  it('has a rule for each class', () => {
    for (const ink of Object.keys(INKS)) {
      expect(inkRules()).toContain(`.fill-${ink}{fill:var(--ink-${ink})}`)
      expect(inkRules()).toContain(`.stroke-${ink}{stroke:var(--ink-${ink})}`)
    }
  })
})
