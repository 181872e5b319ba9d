import type { Run } from '../demand/run-queries.ts'
import type { Standing } from '../demand/year-requests.ts'
import { toldRun } from '../figures/band-answer.ts'
import type { Db } from '../io/database/schema.ts'
import { surroundingsOf } from '../places/catchment-queries.ts'
import { movedBy } from '../places/opening.ts'
import type { HallOrigins } from '../places/origins.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { expectedByPlace } from '../places/town-hall-queries.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { meanOfYear } from '../pure/figures/whole-year.ts'
import { type Catchment, catchmentAnswer } from './catchment-answer.ts'
import type { AskedChange } from './hall-change-answer.ts'

type Absence = { reason: string }

/** The catchment of a hall with its requests of a year, or why there is none. */
export async function catchmentFor(
  db: Db,
  { insee }: { insee: string },
  run: Run,
  year: number,
  origins: HallOrigins | undefined,
  requests: number | undefined,
): Promise<Catchment | Absence> {
  if (requests === undefined) return { reason: `L’année ${year} n’est pas projetée en entier.` }
  if (origins === undefined)
    return { reason: 'Cette mairie est fermée cette année-là, ou n’a pas de position.' }
  const places = await placesByCode(db)
  return catchmentAnswer(insee, origins, {
    run: toldRun(run),
    year,
    requests,
    nameOf: nameAmong(places),
    positionOf: code => places.get(code)?.position,
  })
}

/** Where a hall stands in its department; `undefined` for one that is not projected. */
export async function standingOf(
  db: Db,
  hall: { insee: string; department: string },
  run: Run,
  year: number,
): Promise<Standing | undefined> {
  const expected = await expectedByPlace(db, run.id)
  const means = [...expected]
    .filter(([place]) => place !== hall.department)
    .flatMap(([place, quarters]) => {
      const mean = meanOfYear(quarters, year)
      return mean === undefined ? [] : [{ place, mean }]
    })
    .sort((a, b) => b.mean - a.mean)
  const rank = means.findIndex(({ place }) => place === hall.insee)
  const total = means.reduce((sum, { mean }) => sum + mean, 0)
  return rank < 0 ? undefined : { rank: rank + 1, of: means.length, part: means[rank]!.mean / total }
}

/** Who moves in a department when a hall changes; `undefined` for a commune that is not known there. */
export async function movedPeople(db: Db, department: string, asked: AskedChange) {
  const around = await surroundingsOf(db, department)
  const { commune: insee, change: kind, factor, stations } = asked
  const quarter = quarterOf(asked.from)
  const isOfDepartment = (one: { department: string }) => one.department === department
  if (kind === 'open') {
    const place = around.residents.filter(isOfDepartment).find(({ code }) => code === insee)
    if (place === undefined) return undefined
    const { population, lat, lon } = place
    const hall = { insee, department, population, stations, lat, lon, from: undefined, to: undefined }
    return movedBy(around, department, quarter, { kind, hall })
  }
  if (!around.halls.filter(isOfDepartment).some(hall => hall.insee === insee)) return undefined
  return movedBy(around, department, quarter, kind === 'close' ? { kind, insee } : { kind, insee, factor })
}
