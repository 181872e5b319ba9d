import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'
import {
  arrondissementsFile,
  communePositions,
  GEONAMES_PACKAGE,
  type Position,
} from './commune-positions.ts'

/** A place of the official geographic code. */
export interface OfficialPlace {
  code: string
  kind: 'nation' | 'department' | 'commune'
  name: string
  parent: string | undefined
  population: number | undefined
  mergedInto: string | undefined
  /** Commune of which this is a municipal arrondissement. */
  partOf?: string | undefined
  position?: Position | undefined
}

/** Name of the package that carries the geographic code (MIT; data under Licence Ouverte, INSEE and Etalab). */
export const GEOGRAPHY_PACKAGE = '@etalab/decoupage-administratif'
const resolve = createRequire(import.meta.url).resolve

const communeSchema = z.object({
  code: z.string(),
  nom: z.string(),
  type: z.string(),
  departement: z.string().optional(),
  collectiviteOutremer: z.object({ code: z.string() }).optional(),
  population: z.number().optional(),
  chefLieu: z.string().optional(),
  commune: z.string().optional(),
  anciensCodes: z.array(z.string()).optional(),
  codesPostaux: z.array(z.string()).optional(),
})
const intercommunalitySchema = z.object({
  code: z.string(),
  membres: z.array(z.object({ code: z.string() })),
})
type Commune = z.infer<typeof communeSchema>

const departmentSchema = z.object({ code: z.string(), nom: z.string() })

/** Versions of the geographic code and of the positions in use; a new one brings what its year changed. */
export async function geographyVersion(): Promise<string> {
  const [code, positions] = await Promise.all([GEOGRAPHY_PACKAGE, GEONAMES_PACKAGE].map(versionOf))
  return `${code}, ${GEONAMES_PACKAGE} ${positions}`
}

async function versionOf(name: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(resolve(`${name}/package.json`), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/** All that the places are read from, as a text that changes with it. */
export async function placesOrigin(): Promise<string> {
  return `${await geographyVersion()}\n${await arrondissementsFile()}`
}

/** Nation, departments, communes with their arrondissements, and the communes of the past with their successor. */
export async function officialPlaces(): Promise<OfficialPlace[]> {
  const [communes, departments, intercommunalities] = await Promise.all([
    readData('communes', z.array(communeSchema)),
    readData('departements', z.array(departmentSchema)),
    readData('epci', z.array(intercommunalitySchema)),
  ])
  const existing = communes.filter(commune => commune.type === 'commune-actuelle')
  const arrondissements = communes.filter(commune => commune.type === 'arrondissement-municipal')
  const together = new Map(
    intercommunalities.flatMap(({ code, membres }) => membres.map(member => [member.code, code] as const)),
  )
  const positions = await communePositions(
    [...existing, ...arrondissements].map(commune => ({
      code: commune.code,
      name: commune.nom,
      department: commune.departement ?? '',
      population: commune.population ?? 0,
      postalCodes: commune.codesPostaux ?? [],
      intercommunality: together.get(commune.code),
    })),
  )
  const codes = new Set(existing.map(commune => commune.code))
  const populations = new Map<string, number>()
  for (const { departement, population = 0 } of existing) {
    if (departement) populations.set(departement, (populations.get(departement) ?? 0) + population)
  }
  const known = new Set(departments.map(department => department.code))
  const parentOf = (commune: Commune) =>
    commune.departement !== undefined && known.has(commune.departement) ? commune.departement : 'FR'
  const nation: OfficialPlace = {
    code: 'FR',
    kind: 'nation',
    name: 'France',
    parent: undefined,
    population: existing.reduce((sum, commune) => sum + (commune.population ?? 0), 0),
    mergedInto: undefined,
  }
  const current = (commune: Commune, partOf: string | undefined): OfficialPlace => ({
    ...place(commune, parentOf(commune), undefined),
    partOf,
    position: positions.get(commune.code),
  })
  const merged = new Map<string, OfficialPlace>()
  for (const commune of communes) {
    if (commune.type === 'arrondissement-municipal') continue
    const successor = commune.chefLieu ?? commune.commune
    if (codes.has(commune.code) || successor === undefined || !codes.has(successor)) continue
    merged.set(commune.code, place(commune, parentOf(commune), successor))
  }
  for (const commune of existing) {
    for (const code of commune.anciensCodes ?? []) {
      if (codes.has(code) || merged.has(code)) continue
      merged.set(code, { ...place(commune, parentOf(commune), commune.code), code, population: undefined })
    }
  }
  return [
    nation,
    ...departments.map(
      ({ code, nom }): OfficialPlace => ({
        code,
        kind: 'department',
        name: nom,
        parent: 'FR',
        population: populations.get(code),
        mergedInto: undefined,
      }),
    ),
    ...existing.map(commune => current(commune, undefined)),
    ...arrondissements.map(commune => current(commune, commune.commune)),
    ...merged.values(),
  ]
}

function place(commune: Commune, parent: string, mergedInto: string | undefined): OfficialPlace {
  return {
    code: commune.code,
    kind: 'commune',
    name: commune.nom,
    parent,
    population: commune.population,
    mergedInto,
  }
}

let postcodes: Promise<Map<string, string[]>> | undefined

/** Communes of each postcode, by their INSEE codes; read once. */
export function communesByPostcode(): Promise<ReadonlyMap<string, readonly string[]>> {
  postcodes ??= readPostcodes()
  return postcodes
}

async function readPostcodes(): Promise<Map<string, string[]>> {
  const schema = z.object({ code: z.string(), codesPostaux: z.array(z.string()).optional() })
  const byPostcode = new Map<string, string[]>()
  for (const { code, codesPostaux = [] } of await readData('communes', z.array(schema))) {
    for (const postcode of codesPostaux) byPostcode.set(postcode, [...(byPostcode.get(postcode) ?? []), code])
  }
  return byPostcode
}

async function readData<T>(name: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(resolve(`${GEOGRAPHY_PACKAGE}/data/${name}.json`), 'utf8')))
}
