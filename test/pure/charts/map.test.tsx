import { describe, expect, it } from 'vitest'
import { type MapData, MapDrawing, PlaceMap, stepOf } from '../../../src/pure/charts/map.tsx'

const MAP: MapData = {
  id: 'carte',
  title: 'L’attente est la plus longue autour d’Angoulême',
  subtitle: 'Attente d’un rendez-vous, en jours. Plus bas, c’est mieux.',
  quantity: 'day',
  steps: [15, 30, 60],
  places: [
    { name: 'Angoulême', lat: 45.649, lon: 0.156, value: 42.1 },
    { name: 'Soyaux', lat: 45.64, lon: 0.198, value: 35.6 },
    { name: 'Gond-Pontouvre', lat: 45.683, lon: 0.166, value: 127.4 },
    { name: 'Ruelle-sur-Touvre', lat: 45.68, lon: 0.227, value: 28.4 },
    { name: 'La Couronne', lat: 45.607, lon: 0.1, value: 63.2 },
    { name: 'Cognac', lat: 45.695, lon: -0.329, value: 31.8, status: 'estimated' },
    { name: 'Confolens', lat: 46.014, lon: 0.672, value: 12.5 },
    { name: 'Montmoreau', lat: 45.4, lon: 0.129, value: undefined },
  ],
}
const RING = [
  [-0.46, 45.6],
  [0.1, 46.13],
  [0.94, 45.9],
  [0.1, 45.2],
] as const

const drawn = (data: MapData, variant: 'wide' | 'narrow' = 'wide') =>
  (<MapDrawing {...data} variant={variant} />).toString() as string

/** Centres of the discs that bear a value. */
const discs = (svg: string) =>
  [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="(15|18)"/g)].map(
    match => [Number(match[1]), Number(match[2]), Number(match[3])] as const,
  )

describe('the map', () => {
  it.each(['wide', 'narrow'] as const)('looks as committed, %s', async variant => {
    await expect(drawn(MAP, variant).replaceAll('><', '>\n<')).toMatchFileSnapshot(
      `snapshots/map-${variant}.svg`,
    )
  })

  it.each(['wide', 'narrow'] as const)('draws neighbours apart, %s', variant => {
    const placed = discs(drawn(MAP, variant))
    expect(placed).toHaveLength(8)
    placed.forEach(([x, y, radius], i) => {
      for (const [otherX, otherY] of placed.slice(i + 1)) {
        expect(Math.hypot(x - otherX, y - otherY)).toBeGreaterThanOrEqual(2 * radius)
      }
    })
  })

  it('draws larger, in a frame, the places that would overlap, and no frame when every disc has room', () => {
    const apart = {
      ...MAP,
      places: MAP.places.filter(({ name }) => !/Soyaux|Gond|Ruelle|Couronne/.test(name)),
    }
    for (const variant of ['wide', 'narrow'] as const) {
      expect(drawn(MAP, variant)).toContain('Agrandissement')
      expect(drawn(apart, variant)).not.toMatch(/Agrandissement|<rect|clip/)
      for (const { name } of MAP.places) expect(drawn(MAP, variant)).toContain(`>${name}</text>`)
    }
  })

  it('writes a dash where nothing is published', () => {
    expect(drawn(MAP)).toContain('<title>Montmoreau : non publié</title>')
    expect(drawn(MAP)).toContain('>–</text>')
  })

  it('says the extremes in words, and has no inline style', () => {
    expect(drawn(MAP)).toContain('7 lieux sur 8 ont une valeur. Le plus haut : Gond-Pontouvre')
    expect(drawn(MAP)).not.toMatch(/\sstyle=|<style/)
  })

  it('draws outlines when it has them', () => {
    expect(drawn(MAP)).not.toContain('fill-land')
    expect(drawn({ ...MAP, outlines: [RING] })).toContain('fill-land')
  })

  it('sorts values into steps, a limit belonging to the step below', () => {
    expect([9, 15, 15.1, 60, 61].map(value => stepOf(value, MAP.steps))).toEqual([0, 0, 1, 2, 3])
  })

  it('says what a dashed outline is', () => {
    const html = (<PlaceMap {...MAP} source="enquête" />).toString() as string
    expect(html).toContain('Contour tireté')
  })
})
