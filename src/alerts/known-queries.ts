import { collectors } from '../collectors/collector-queries.ts'
import { issuanceDelays } from '../delays/delay-queries.ts'
import { contestedFigures } from '../imports/vintage-queries.ts'
import { dayInParis } from '../io/clock.ts'
import type { Db } from '../io/database/schema.ts'
import { latestWaits, townHall } from '../places/town-hall-queries.ts'
import { type Day, daysBetween } from '../pure/calendar/day.ts'
import { quarterOf } from '../pure/calendar/period.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import { frenchList, frenchPeriod, frenchShortQuantity } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { waitQuarters } from '../waits/wait-now.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import type { Known, Watch } from './rule.ts'

/** What a rule needs to know of a place today, and nothing else. */
export async function knownOf(
  db: Db,
  { place, ...watch }: Watch & { place: string },
  today: Day,
): Promise<Known> {
  switch (watch.rule) {
    case 'target-missed':
      return { delays: await delaysOf(db, place) }
    case 'wait-above': {
      const wait = (await latestWaits(db, [place])).get(place)
      return { wait: wait && { days: wait.days, until: wait.until, atLeast: wait.status === 'censored' } }
    }
    case 'projected-above':
      return { projected: await projectedOf(db, place, watch, today) }
    case 'collector-silent':
      return { collectors: await silencesOf(db, place, today) }
    case 'figure-contradicted':
      return { contested: await contestedOf(db, place) }
    case 'new-projection':
      return { run: await runOf(db, place) }
  }
}

async function delaysOf(db: Db, place: string): Promise<NonNullable<Known['delays']>> {
  return (await issuanceDelays(db, { place })).flatMap(({ title, targetDays, points }) => {
    const last = points.at(-1)
    if (title === '' || targetDays === null || last === undefined) return []
    return [{ title, name: TITLE_NAMES[title], quarter: last.quarter, days: last.days, targetDays }]
  })
}

async function projectedOf(
  db: Db,
  place: string,
  { days, quarters }: Watch,
  today: Day,
): Promise<NonNullable<Known['projected']>> {
  if (days === null || quarters === null) return []
  const hall = place.length === 5 ? await townHall(db, place) : undefined
  if (place.length === 5 && (hall === undefined || hall.withoutAppointment)) return []
  const told = await placeWaitNow(db, place, { asOf: today })
  return told === undefined
    ? []
    : waitQuarters(told.now, quarterOf(today), quarters, days).map(({ quarter, wait }) => ({
        quarter,
        probabilityOver: wait.probabilityOver,
      }))
}

async function silencesOf(db: Db, place: string, today: Day): Promise<NonNullable<Known['collectors']>> {
  return (await collectors(db))
    .filter(({ department, paused }) => department === place && !paused)
    .map(({ id, name, lastRead, createdAt }) => ({
      id,
      name,
      wasRead: lastRead !== null,
      silentDays: daysBetween(dayInParis(new Date(lastRead ?? createdAt)), today),
    }))
}

async function contestedOf(db: Db, place: string): Promise<NonNullable<Known['contested']>> {
  return (await contestedFigures(db)).flatMap(values => {
    const [first] = values
    if (first === undefined || first.row.place !== place) return []
    const { measure, title, period, variant, clock } = first.row
    const told = values.flatMap(({ row }) =>
      row.value === undefined
        ? []
        : [`${frenchShortQuantity(row.value, MEASURES[measure].unit)} (${row.source})`],
    )
    return [
      {
        key: [measure, title, variant, clock, period].join('|'),
        words: `${MEASURES[measure].name}, ${frenchPeriod(period)} : ${frenchList(told)}.`,
      },
    ]
  })
}

async function runOf(db: Db, place: string): Promise<Known['run']> {
  return db
    .selectFrom('projection_in_force as f')
    .innerJoin('projection_run as r', 'r.id', 'f.run_id')
    .select(['r.id', 'r.as_of as asOf'])
    .where('f.place', '=', place)
    .executeTakeFirst()
}
