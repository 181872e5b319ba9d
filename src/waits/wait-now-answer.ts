import { z } from '@hono/zod-openapi'
import {
  bandOf,
  bandSchema,
  basisSchema,
  clockSchema,
  explanationSchema,
  parameterSchema,
} from '../figures/band-answer.ts'
import type { Month } from '../pure/calendar/period.ts'
import { type CsvTable, csvTable } from '../pure/figures/csv.ts'
import { explainNow, type NameOf, nowParameters } from './explain-now.ts'
import type { Narrowing } from './narrowing.ts'
import { basisOf, monthBand, unchangedQuarters, type WaitNow, type WaitQuarter } from './wait-now.ts'

const quantiles = bandSchema.shape.quantiles
/** The wait of the day. */
export const todaySchema = z
  .object({
    place: z.string(),
    name: z.string(),
    asOf: z.string(),
    month: z.string(),
    status: z.literal('estimated'),
    wait: z.object({ clock: clockSchema, quantiles }).nullable(),
    firstFreeSlot: z
      .object({ clock: clockSchema, quantiles })
      .nullable()
      .openapi({ description: 'Premier créneau libre : une autre horloge, d’une mairie seulement' }),
    reason: z.enum(['no-appointment']).nullable(),
    basis: z.array(basisSchema),
    narrows: z.array(
      z.object({
        what: z.string(),
        place: z.string(),
        to: z.object({ p05: z.number(), p95: z.number() }),
      }),
    ),
  })
  .openapi('WaitToday')

const point = bandSchema.extend({
  tense: z.enum(['past', 'present', 'future']),
  firstFreeSlot: z.object({ clock: clockSchema, quantiles }).nullable(),
})

/** The wait from a quarter on. */
export const waitProjectionSchema = z
  .object({
    place: z.string(),
    name: z.string(),
    asOf: z.string(),
    status: z.literal('estimated'),
    clock: clockSchema,
    from: z.string(),
    limitDays: z.number(),
    paths: z.int(),
    points: z.array(point),
    reason: z.enum(['no-appointment']).nullable(),
    unchanged: z.object({
      name: z.literal('créneaux inchangés'),
      points: z.array(bandSchema),
    }),
    basis: z.array(basisSchema),
    parameters: z.array(parameterSchema),
    explanation: explanationSchema,
  })
  .openapi('WaitProjection')

const WAIT_CLOCK = 'appointment-as-published' as const
const SLOT_CLOCK = 'first-free-slot' as const

/** What a hall that receives without appointment is told as. */
export type Told = { now: WaitNow; nameOf: NameOf; withoutAppointment: boolean }

/** The wait of the day, for the API. */
export function todayAnswer(
  { now, nameOf, withoutAppointment }: Told,
  narrows: readonly Narrowing[],
): z.infer<typeof todaySchema> {
  const month: Month = now.asOf.slice(0, 7)
  const band = (which: 'wait' | 'firstSlot') => bandOf('', monthBand(now, month, 30, which)).quantiles
  return {
    place: now.place.code,
    name: nameOf(now.place.code),
    asOf: now.asOf,
    month,
    status: 'estimated',
    wait: withoutAppointment ? null : { clock: WAIT_CLOCK, quantiles: band('wait') },
    firstFreeSlot:
      withoutAppointment || now.place.kind !== 'hall'
        ? null
        : { clock: SLOT_CLOCK, quantiles: band('firstSlot') },
    reason: withoutAppointment ? 'no-appointment' : null,
    basis: basisOf(now),
    narrows: withoutAppointment ? [] : [...narrows],
  }
}

/** The wait from a quarter on, for the API. */
export function waitProjectionAnswer(
  { now, nameOf, withoutAppointment }: Told,
  quarters: readonly WaitQuarter[],
  limitDays: number,
): z.infer<typeof waitProjectionSchema> {
  return {
    place: now.place.code,
    name: nameOf(now.place.code),
    asOf: now.asOf,
    status: 'estimated',
    clock: WAIT_CLOCK,
    from: quarters[0]?.quarter ?? '',
    limitDays,
    paths: now.futures.paths.length,
    points: withoutAppointment ? [] : quarters.map(pointOf),
    reason: withoutAppointment ? 'no-appointment' : null,
    unchanged: {
      name: 'créneaux inchangés',
      points: withoutAppointment
        ? []
        : unchangedQuarters(now, limitDays).map(({ quarter, wait }) => bandOf(quarter, wait)),
    },
    basis: basisOf(now),
    parameters: nowParameters(now),
    explanation: explainNow(now, nameOf),
  }
}

function pointOf({ quarter, tense, wait, firstSlot }: WaitQuarter): z.infer<typeof point> {
  return {
    ...bandOf(quarter, wait),
    tense,
    firstFreeSlot: firstSlot ? { clock: SLOT_CLOCK, quantiles: bandOf(quarter, firstSlot).quantiles } : null,
  }
}

/** The same points for a spreadsheet: numbers alone in their cells. */
export function projectionTable({
  place,
  asOf,
  limitDays,
  points,
}: z.infer<typeof waitProjectionSchema>): CsvTable {
  const day = (days: number | null) => (days === null ? undefined : Math.round(days * 10) / 10)
  return csvTable(points, {
    lieu: () => place,
    trimestre: point => point.quarter,
    temps: point => point.tense,
    statut: () => 'estimated',
    p05: point => day(point.quantiles.p05),
    p25: point => day(point.quantiles.p25),
    médiane: point => day(point.quantiles.p50),
    p75: point => day(point.quantiles.p75),
    p95: point => day(point.quantiles.p95),
    [`probabilité de dépasser ${limitDays} jours`]: point =>
      Math.round(point.probabilityOver * 1_000) / 1_000,
    'su au': () => asOf,
  })
}
