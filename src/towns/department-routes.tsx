import { z } from '@hono/zod-openapi'
import { demandSource } from '../demand/explanation.ts'
import { currentRun, yearRequestsOf } from '../demand/run-queries.ts'
import { expectedYear } from '../demand/year-requests.ts'
import type { Db } from '../io/database/schema.ts'
import { chapter, described } from '../io/http/description.ts'
import { html } from '../io/http/page.ts'
import { departmentParameter } from '../io/http/parameters.ts'
import { createRouter, type Ground, queryOf } from '../io/http/router.ts'
import { movesOf } from '../places/catchment-queries.ts'
import { placesMeasured } from '../places/place-queries.ts'
import { isOldWait, type LatestWait } from '../places/town-hall.ts'
import { expectedByPlace, latestWaits, network, outlines, toldHalls } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { yearOf } from '../pure/calendar/period.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { wholeYears } from '../pure/figures/whole-year.ts'
import { hallBandsNow } from '../waits/wait-now-queries.ts'
import { MAP_VALUES, TownHallsPage } from './department-page.tsx'
import type { HallDemand } from './hall-fans.tsx'

const { get } = chapter('Mairies')

const hallSchema = z
  .object({
    insee: z.string(),
    name: z.string(),
    population: z.int().nullable(),
    stations: z.int().nullable(),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    openedOn: z.string().nullable(),
    closedOn: z.string().nullable(),
    status: z.enum(['confirmed', 'to-confirm', 'assumed']),
    withoutAppointment: z.boolean(),
    source: z.object({ publisher: z.string(), document: z.string(), locator: z.string() }),
  })
  .openapi('TownHall')

const townHalls = get(ROUTES.apiTownHalls, {
  summary: 'Mairies équipées d’un dispositif de recueil',
  description:
    'Les mairies dont une source donne le nom, et le nombre annoncé par la préfecture. Une valeur inconnue est null, jamais 0.',
  request: {
    query: z.object({
      department: departmentParameter.optional(),
    }),
  },
  responses: {
    200: described(
      'Mairies par ordre alphabétique',
      z.object({
        townHalls: z.array(hallSchema),
        expected: z.int().nullable(),
        assumed: z.array(hallSchema).openapi({
          description:
            'Où aucune liste n’est importée : les communes que les estimations supposent équipées (« source » dit la règle). Vide ailleurs.',
        }),
      }),
    ),
  },
})

/** The equipped town halls: data and page. */
export function townHallRoutes({ db, today, department: own, here }: Ground) {
  const router = createRouter()
  router.openapi(townHalls, async c => {
    const code = c.req.valid('query').department ?? own
    const [{ expected }, halls] = await Promise.all([network(db, code), toldHalls(db, code)])
    const rows = halls.map(hall => answerOf(hallSchema, hall))
    const [assumed, known] = [true, false].map(one => rows.filter(row => (row.status === 'assumed') === one))
    return c.json({ townHalls: known!, expected: expected ?? null, assumed: assumed! }, 200)
  })
  router.get(ROUTES.townHalls, async c => {
    const { code: department, name } = here()
    const { map, year } = queryOf(
      c,
      z.object({
        map: z.enum(MAP_VALUES).optional(),
        year: z.coerce.number().int().min(2000).max(2100).optional(),
      }),
    )
    const [{ expected }, halls, demand, drawn] = await Promise.all([
      network(db, department),
      toldHalls(db, department),
      hallDemand(db, department, today(), year),
      outlines(db, department),
    ])
    const listed = halls.some(({ status }) => status !== 'assumed')
    const measured = listed ? [] : await placesMeasured(db, 'appointment-wait', department)
    const codes = halls.map(hall => hall.insee)
    const [waits, moves] = await Promise.all([
      latestWaits(db, [...codes, ...measured.map(({ code }) => code)]),
      'reason' in demand ? undefined : movesOf(db, department, `${demand.year}-Q3`),
    ])
    const isTold = (wait: LatestWait | undefined) => wait !== undefined && !isOldWait(wait, today())
    const untold = codes.filter(code => !isTold(waits.get(code)))
    return html(
      c,
      TownHallsPage({
        department,
        network: { townHalls: halls, expected },
        placeName: name,
        today: today(),
        waits,
        measured: measured.map(({ code, name }) => ({ insee: code, name, withoutAppointment: false })),
        estimated: await hallBandsNow(db, department, today(), untold),
        demand,
        moves,
        outlines: drawn,
        asked: map,
      }),
    )
  })
  return router
}

/** What the current projection expects at each hall in the year asked, or in the one after today's, or the first one projected. */
async function hallDemand(
  db: Db,
  department: string,
  today: Day,
  asked: number | undefined,
): Promise<HallDemand | { reason: string }> {
  const run = await currentRun(db, department, today)
  if ('reason' in run) return run
  const byPlace = await expectedByPlace(db, run.id)
  const years = wholeYears(byPlace.get(department) ?? []).map(one => one.year)
  const year = years.find(one => one === asked) ?? years.find(one => one === yearOf(today) + 1) ?? years[0]
  if (year === undefined) return { reason: 'Aucune année entière projetée.' }
  const requests = await yearRequestsOf(run, [...byPlace.keys()], year)
  const bands = new Map(
    [...byPlace].map(([insee, points]) => [
      insee,
      expectedYear(
        year,
        points.filter(point => yearOf(point.quarter) === year),
        requests(insee, year),
      ),
    ]),
  )
  return {
    byPlace,
    year,
    years,
    source: demandSource(run),
    bandOf: insee => bands.get(insee),
  }
}
