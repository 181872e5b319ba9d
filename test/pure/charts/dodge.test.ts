import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dodge, rowsWithoutOverlap, shortened, spread, textWidth } from '../../../src/pure/charts/dodge.ts'

describe('dodge', () => {
  it('leaves labels that do not touch where they wish to be', () => {
    expect(
      dodge(
        [
          { wanted: 20, size: 10 },
          { wanted: 60, size: 10 },
        ],
        0,
        100,
      ),
    ).toEqual([20, 60])
  })

  it('parts two labels on one spot evenly', () => {
    expect(
      dodge(
        [
          { wanted: 50, size: 10 },
          { wanted: 50, size: 10 },
        ],
        0,
        100,
      ),
    ).toEqual([45, 55])
  })

  it('never lets labels overlap, leave their bounds or change places, when there is room', () => {
    const wishes = fc.array(
      fc.record({
        wanted: fc.double({ min: -50, max: 350, noNaN: true }),
        size: fc.double({ min: 4, max: 30, noNaN: true }),
      }),
      { minLength: 1, maxLength: 9 },
    )
    fc.assert(
      fc.property(wishes, list => {
        const middles = dodge(list, 0, 300)
        const order = list.map((wish, i) => ({ ...wish, i })).sort((a, b) => a.wanted - b.wanted || a.i - b.i)
        let end = 0
        for (const { i, size } of order) {
          expect(middles[i]! - size / 2).toBeGreaterThanOrEqual(end - 0.01)
          end = middles[i]! + size / 2
        }
        expect(end).toBeLessThanOrEqual(300.01)
      }),
    )
  })
})

describe('rowsWithoutOverlap', () => {
  it('opens a row only when the rows above are taken', () => {
    const spans = [
      { from: 0, to: 50 },
      { from: 40, to: 90 },
      { from: 60, to: 80 },
      { from: 100, to: 120 },
    ]
    expect(rowsWithoutOverlap(spans, 5)).toEqual([0, 1, 0, 0])
  })
})

describe('spread', () => {
  it('parts discs, even on the very same place, and keeps them in the frame', () => {
    const discs = Array.from({ length: 5 }, () => ({ x: 100, y: 100, radius: 15 }))
    const placed = spread(discs, { width: 300, height: 300 })
    for (let i = 0; i < 5; i++) {
      for (let j = i + 1; j < 5; j++) {
        const [a, b] = [placed[i]!, placed[j]!]
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(30)
      }
      expect(Math.hypot(placed[i]!.x - 100, placed[i]!.y - 100)).toBeLessThan(60)
    }
  })

  it('leaves alone what does not touch', () => {
    const discs = [
      { x: 50, y: 50, radius: 10 },
      { x: 200, y: 50, radius: 10 },
    ]
    expect(spread(discs, { width: 300, height: 300 })).toEqual([
      { x: 50, y: 50 },
      { x: 200, y: 50 },
    ])
  })
})

describe('shortened', () => {
  it('cuts after a whole word and says so', () => {
    const cut = shortened('Échéance des cartes de 2017', 12, 100)
    expect(cut).toBe('Échéance des…')
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(100)
  })

  it('leaves a text that fits', () => {
    expect(shortened('Cognac', 12, 100)).toBe('Cognac')
  })
})
