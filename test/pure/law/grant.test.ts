import { describe, expect, it } from 'vitest'
import { type Grant, type GrantInput, grant } from '../../../src/pure/law/grant.ts'

function paid(year: number, input: Partial<GrantInput> & { requests: number }): Grant {
  const answer = grant(year, { stations: 1, connectedStations: 0, ...input })
  if ('reason' in answer) throw new Error(answer.reason)
  return answer
}

describe('the grant for secured titles', () => {
  it('gives 3,000 × 1.5 × 1.93 = 8,685 in 2024 (the example of maires51.fr)', () => {
    expect(paid(2024, { requests: 3000, connectedStations: 1 })).toMatchObject({
      fixed: 9000,
      connected: 500,
      variable: 8685,
      total: 18_185,
      step: { from: 2501, gives: 1.5 },
    })
  })

  it.each([
    [1875, 0],
    [1876, 3620.68],
    [2500, 4825],
    [2501, 7240.4],
    [3999, 11_577.11],
    [4000, 17_370],
  ])('steps in 2024: %i requests give %f', (requests, variable) => {
    expect(paid(2024, { requests }).variable).toBe(variable)
  })

  it.each([
    [1875, 0],
    [1876, 5000],
    [2500, 5000],
    [2501, 8500],
    [3999, 8500],
    [4000, 12_500],
  ])('steps in 2023: %i requests give %i', (requests, variable) => {
    expect(paid(2023, { requests })).toMatchObject({ fixed: 9000, variable })
  })

  it.each([2018, 2022])('has one step in %i', year => {
    expect(paid(year, { requests: 1875 })).toMatchObject({ total: 8580, step: undefined })
    expect(paid(year, { requests: 1876 })).toMatchObject({
      variable: 3550,
      total: 12_130,
      nextStep: undefined,
    })
  })

  it('changes with the year', () => {
    expect(paid(2017, { requests: 9000 })).toMatchObject({ total: 5030, nextStep: undefined })
    expect(paid(2011, { requests: 0 }).total).toBe(5030)
    expect(grant(2010, { stations: 1, connectedStations: 0, requests: 0 })).toEqual({
      reason: 'Barème de 2010 non recensé.',
    })
  })

  it('pays connected stations only since 2023', () => {
    const input = { requests: 0, stations: 3, connectedStations: 2 }
    expect(paid(2022, input).connected).toBe(0)
    expect(paid(2023, input)).toMatchObject({ fixed: 27_000, connected: 1000, total: 28_000 })
  })

  it('counts a certification as a tenth of a request since 2024', () => {
    expect(paid(2024, { requests: 1875, certifications: 9 })).toMatchObject({ compared: 1875.9, variable: 0 })
    expect(paid(2024, { requests: 1875, certifications: 10 })).toMatchObject({
      compared: 1876,
      variable: 3620.68,
    })
    expect(paid(2023, { requests: 1875, certifications: 1000 }).variable).toBe(0)
  })

  it('says what the next step brings and what losing the present one costs', () => {
    expect(paid(2024, { requests: 2400 })).toMatchObject({
      nextStep: { at: 2501, gain: 2608.4 },
      keptFrom: { at: 1876, loss: 4632 },
    })
    expect(paid(2024, { requests: 1000 }).keptFrom).toBeUndefined()
    expect(paid(2024, { requests: 5000 }).nextStep).toBeUndefined()
  })

  it('compares each station by default, the whole commune on demand', () => {
    const input = { stations: 2, requests: 3000 }
    expect(paid(2024, input)).toMatchObject({
      reading: 'station',
      compared: 1500,
      variable: 0,
      nextStep: { at: 3752, gain: 7241.36 },
    })
    expect(paid(2024, { ...input, reading: 'commune' })).toMatchObject({ compared: 3000, variable: 8685 })
    expect(paid(2023, { stations: 2, requests: 5002 })).toMatchObject({ compared: 2501, variable: 17_000 })
  })

  it('stays unknown where the point or the scale is', () => {
    expect(paid(2025, { requests: 1875 })).toMatchObject({
      variable: 0,
      total: 9000,
      nextStep: { at: 1876, gain: undefined },
    })
    const one = { stations: 1, connectedStations: 0 }
    expect(grant(2025, { ...one, requests: 1876 })).toMatchObject({
      reason: expect.stringContaining('point de 2025'),
    })
    expect(grant(2026, { ...one, requests: 0 })).toEqual({ reason: 'Barème de 2026 non trouvé.' })
    expect(grant(2027, { ...one, requests: 0 })).toEqual({ reason: 'Barème de 2027 non trouvé.' })
  })

  it('refuses counts that cannot be', () => {
    const input = { stations: 1, connectedStations: 0, requests: 0 }
    for (const wrong of [
      ...[{ stations: 0 }, { stations: 1.5 }, { connectedStations: 2 }, { connectedStations: -1 }],
      ...[{ requests: -1 }, { requests: Number.NaN }, { certifications: -1 }],
    ])
      expect(() => grant(2024, { ...input, ...wrong })).toThrow(RangeError)
  })
})
