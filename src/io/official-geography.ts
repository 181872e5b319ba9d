import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { z } from 'zod'

/** A place of the official geographic code. */
export interface OfficialPlace {
  code: string
  kind: 'nation' | 'department' | 'commune'
  name: string
  parent: string | undefined
  population: number | undefined
  mergedInto: string | undefined
}

const PACKAGE = '@etalab/decoupage-administratif'
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
})
const departmentSchema = z.object({ code: z.string(), nom: z.string() })

/** Version of the geographic code in use; a new one brings the populations and mergers of its year. */
export async function geographyVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(resolve(`${PACKAGE}/package.json`), 'utf8'))
  return z.object({ version: z.string() }).parse(manifest).version
}

/** Name of the package that carries the geographic code (MIT; data under Licence Ouverte, INSEE and Etalab). */
export const GEOGRAPHY_PACKAGE = PACKAGE

/** Nation, departments, communes, and the communes of the past with their successor. */
export async function officialPlaces(): Promise<OfficialPlace[]> {
  const [communes, departments] = await Promise.all([
    readData('communes', z.array(communeSchema)),
    readData('departements', z.array(departmentSchema)),
  ])
  const existing = communes.filter(commune => commune.type === 'commune-actuelle')
  const codes = new Set(existing.map(commune => commune.code))
  const populations = new Map<string, number>()
  for (const { departement, population = 0 } of existing) {
    if (departement) populations.set(departement, (populations.get(departement) ?? 0) + population)
  }
  const known = new Set(departments.map(department => department.code))
  const parentOf = (commune: z.infer<typeof communeSchema>) =>
    commune.departement !== undefined && known.has(commune.departement) ? commune.departement : 'FR'
  const nation: OfficialPlace = {
    code: 'FR',
    kind: 'nation',
    name: 'France',
    parent: undefined,
    population: existing.reduce((sum, commune) => sum + (commune.population ?? 0), 0),
    mergedInto: undefined,
  }
  const merged = new Map<string, OfficialPlace>()
  for (const commune of communes) {
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
    ...existing.map(commune => place(commune, parentOf(commune), undefined)),
    ...merged.values(),
  ]
}

function place(
  commune: z.infer<typeof communeSchema>,
  parent: string,
  mergedInto: string | undefined,
): OfficialPlace {
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
  return schema.parse(JSON.parse(await readFile(resolve(`${PACKAGE}/data/${name}.json`), 'utf8')))
}
