import { describe, expect, it } from 'vitest'
import { type Coordinates, fitted, lambert as projection } from '../../../src/pure/charts/lambert.ts'

const lambert = ({ lat, lon }: Coordinates) => {
  const [x, y] = projection()([lon, lat])!
  return { x, y }
}

describe('lambert', () => {
  it('is upright on the central meridian, and turns elsewhere', () => {
    expect(lambert({ lat: 46, lon: 3 }).x).toBe(0)
    expect(lambert({ lat: 46, lon: 0 }).x).toBeLessThan(0)
    expect(lambert({ lat: 46, lon: 0 }).y).toBeLessThan(lambert({ lat: 45, lon: 0 }).y)
  })

  it('keeps true length along its two parallels (sphere of radius 1)', () => {
    for (const lat of [44, 49]) {
      const [a, b] = [lambert({ lat, lon: 2.999 }), lambert({ lat, lon: 3.001 })]
      const onGround = ((0.002 * Math.PI) / 180) * Math.cos((lat * Math.PI) / 180)
      expect(Math.hypot(a.x - b.x, a.y - b.y) / onGround).toBeCloseTo(1, 9)
    }
  })

  it('keeps angles: a step north is as long as a step east', () => {
    const step = 1e-5
    for (const lat of [42, 46.5, 51]) {
      const here = lambert({ lat, lon: 0.2 })
      const north = lambert({ lat: lat + step, lon: 0.2 })
      const east = lambert({ lat, lon: 0.2 + step / Math.cos((lat * Math.PI) / 180) })
      const ratio =
        Math.hypot(north.x - here.x, north.y - here.y) / Math.hypot(east.x - here.x, east.y - here.y)
      expect(ratio).toBeCloseTo(1, 5)
    }
  })
})

describe('fitted', () => {
  it('keeps every point in the frame', () => {
    const points = [
      { lat: 45.2, lon: -0.4 },
      { lat: 46.1, lon: 0.9 },
    ]
    const at = fitted(points, { width: 300, height: 200, margin: 20 })
    for (const { x, y } of points.map(at)) {
      expect(x).toBeGreaterThanOrEqual(20 - 1e-9)
      expect(x).toBeLessThanOrEqual(280 + 1e-9)
      expect(y).toBeGreaterThanOrEqual(20 - 1e-9)
      expect(y).toBeLessThanOrEqual(180 + 1e-9)
    }
  })

  it('puts a lone point in the middle', () => {
    const at = fitted([{ lat: 45.6, lon: 0.1 }], { width: 300, height: 200, margin: 20 })
    const { x, y } = at({ lat: 45.6, lon: 0.1 })
    expect([x, y].map(Math.round)).toEqual([150, 100])
    expect(Math.hypot(x - 150, y - 100)).toBeLessThan(0.01)
  })
})
