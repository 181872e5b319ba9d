import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onGrid, type Ring, simplified } from '../../../src/pure/charts/outline.ts'

const vertices = (rings: readonly Ring[]) => rings.reduce((sum, ring) => sum + ring.length, 0)

test('vertices stand on the grid, once each', () => {
  const ring = [
    [0.1, 0],
    [0.2, 0],
    [2, 0],
    [2, 2],
    [0.1, 0],
  ] as const
  expect(onGrid([ring], 1)).toEqual([
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 0],
    ],
  ])
  expect(onGrid([ring], 10)).toEqual([])
})

test('a border that two communes share stays the same line', () => {
  const point = fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 45, max: 46, noNaN: true }),
  )
  fc.assert(
    fc.property(fc.array(point, { minLength: 3, maxLength: 30 }), border => {
      const west: Ring = [...border, [-5, 45], border[0]!]
      const east: Ring = [...border, [5, 46], border[0]!]
      const [one = []] = onGrid([west], 0.1)
      const [other = []] = onGrid([east], 0.1)
      const shared = (ring: Ring) => ring.filter(([lon]) => Math.abs(lon) < 5)
      expect(shared(one)).toEqual(shared(other))
    }),
  )
})

test('however many vertices there are, no more than so many are drawn', () => {
  const circle = (centre: number): Ring =>
    Array.from({ length: 1_001 }, (_, i) => {
      const angle = ((i % 1_000) * 2 * Math.PI) / 1_000
      return [centre + Math.cos(angle) / 4, 46 + Math.sin(angle) / 4] as const
    })
  const communes = Array.from({ length: 100 }, (_, i) => circle(i / 20))
  const drawn = simplified(communes)
  expect(vertices(drawn)).toBeLessThanOrEqual(40_000)
  expect(drawn).toHaveLength(100)
  expect(vertices(simplified(communes, 1))).toBeLessThanOrEqual(1)
})
