import { describe, expect, it } from 'vitest'
import { byDistance, placesNamed, townNamed } from '../../src/users/town.ts'

const town = (name: string) => ({ code: name, name, lat: 45, lon: 0 })
const TOWNS = ['Saint-Michel', 'Saint-Michel-en-Auge', 'Œuilly', 'Évry'].map(town)

describe('the town that words name', () => {
  it.each([
    ['st  michel', 'Saint-Michel'],
    ['OEUILLY', 'Œuilly'],
    ['evry', 'Évry'],
    ['saint michel en', 'Saint-Michel-en-Auge'],
  ])('%s is %s', (words, name) => {
    expect(townNamed(TOWNS, words)).toMatchObject({ found: 'one', town: { name } })
  })

  it('is none, or several', () => {
    expect(townNamed(TOWNS, ' ').found).toBe('none')
    expect(townNamed(TOWNS, 'Nulle').found).toBe('none')
    expect(townNamed(TOWNS, 'Sain')).toMatchObject({ names: ['Saint-Michel', 'Saint-Michel-en-Auge'] })
  })
})

it('halls come from the nearest; one without a position comes last', () => {
  const hall = (name: string, lat: number | undefined) => ({ hall: { name, lat, lon: lat }, wait: undefined })
  const halls = [hall('unknown', undefined), hall('far', 9), hall('near', 1)] as unknown as Parameters<
    typeof byDistance
  >[0]
  expect(byDistance(halls, ({ lat }) => lat).map(one => one.hall.name)).toEqual(['near', 'far', 'unknown'])
})

it('places of a name or a code are those in force, whole names alone', () => {
  const place = (code: string, name: string, kind: 'commune' | 'department', mergedInto?: string) => ({
    ...{ code, name, kind },
    mergedInto,
  })
  const all = [
    place('2B', 'Haute-Corse', 'department'),
    place('2B033', 'Bastia', 'commune'),
    place('01001', 'Bastia', 'commune', '01002'),
  ]
  expect(placesNamed(all, 'haute corse').map(({ code }) => code)).toEqual(['2B'])
  expect(placesNamed(all, '2b').map(({ code }) => code)).toEqual(['2B'])
  expect(placesNamed(all, 'BASTIA').map(({ code }) => code)).toEqual(['2B033'])
  expect(placesNamed(all, 'Bast')).toEqual([])
  expect(placesNamed(all, '')).toEqual([])
})
