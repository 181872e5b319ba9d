import { z } from '@hono/zod-openapi'
import { bandOf, bandSchema, endsOf, endsSchema, runSchema, toldRun } from '../figures/band-answer.ts'
import type { Day } from '../pure/calendar/day.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { actsInTime, costOf, costPer, daysSaved, type Outcome, type Side } from './comparison.ts'
import type { Comparison } from './comparison-queries.ts'
import { LEVER_CODES, LEVERS } from './lever.ts'
import { actsFrom } from './scenario.ts'
import type { PlannedLever, Scenario } from './scenario-answer.ts'

const outcomeSchema = z
  .object({
    points: z.array(bandSchema).openapi({
      description: 'Douze trimestres au plus : au-delà, seules les différences entre scénarios sont dites',
    }),
    at: z.string().openapi({
      description: 'Trimestre où les scénarios se comparent : un an après le dernier premier effet',
    }),
    daysSaved: z.number().nullable().openapi({
      description: 'Jours gagnés à ce trimestre : médiane, trajectoire par trajectoire',
    }),
    gains: z.array(z.object({ quarter: z.string(), days: endsSchema })).nullable(),
    worth: z
      .object({
        personWeeks: endsSchema,
        meanDays: endsSchema,
        years: z.number(),
        eurosPerPersonWeek: endsSchema.nullable(),
        eurosPerDay: endsSchema.nullable(),
      })
      .nullable()
      .openapi({ description: 'Sur toute la période ; une borne nulle : rien n’est gagné de ce côté' }),
    medianRange: z.object({ low: z.number().nullable(), high: z.number().nullable() }).nullable().openapi({
      description: 'Médiane à ce trimestre avec les quantités les plus basses et les plus hautes',
    }),
  })
  .nullable()
const leverSchema = z.object({
  code: z.enum(LEVER_CODES),
  name: z.string(),
  unit: z.string(),
  hall: z.string().nullable(),
  amount: z.object({ low: z.number(), central: z.number(), high: z.number() }),
  startsOn: z.string(),
  leadWeeks: z.number(),
  actsFrom: z.string(),
  actsWithinProjection: z.boolean(),
})
/** Scenarios side by side, the baseline first. */
export const comparisonAnswer = z
  .object({
    status: z.literal('estimated'),
    recomputedOn: z
      .string()
      .openapi({ description: 'Les effets sont recalculés sur les projections de ce jour' }),
    department: z.string(),
    place: z.string(),
    limitDays: z.number(),
    targetDays: z.number().nullable(),
    waitRun: runSchema.nullable(),
    delayRun: runSchema.nullable(),
    reasons: z.array(z.string()),
    sides: z.array(
      z.object({
        id: z.string().nullable(),
        name: z.string(),
        waits: outcomeSchema,
        delays: outcomeSchema,
        cost: z.object({ once: z.number(), perYear: z.number(), leversWithoutCost: z.int() }).nullable(),
        levers: z.array(leverSchema),
      }),
    ),
  })
  .openapi('ScenarioComparison')

/** A comparison as the API tells it, its effects computed again on a day. */
export function comparisonOf(comparison: Comparison, today: Day): z.infer<typeof comparisonAnswer> {
  const { sides, waits, delays, department, place, limitDays } = comparison
  const baseline = sides[0]
  const mark = (run: Parameters<typeof toldRun>[0] | undefined) => (run === undefined ? null : toldRun(run))
  return {
    status: 'estimated',
    recomputedOn: today,
    department,
    place,
    limitDays,
    targetDays: delays !== undefined && !('reason' in delays) ? delays.outlook.targetDays : null,
    waitRun: mark(waits !== undefined && !('reason' in waits) ? waits.run : undefined),
    delayRun: mark(delays !== undefined && !('reason' in delays) ? delays.run : undefined),
    reasons: [waits, delays].flatMap(part => (part !== undefined && 'reason' in part ? [part.reason] : [])),
    sides: sides.map(side => ({
      id: side.id ?? null,
      name: side.name,
      waits: outcomeOf(baseline?.waits, side.waits, side.scenario),
      delays: outcomeOf(baseline?.delays, side.delays, side.scenario),
      cost: side.scenario === undefined ? null : costAnswer(side.scenario),
      levers: (side.scenario?.levers ?? []).map(lever => leverAnswer(lever, side)),
    })),
  }
}

function costAnswer(scenario: Scenario) {
  const { once, perYear, unknown } = costOf(scenario)
  return { once, perYear, leversWithoutCost: unknown }
}

function leverAnswer(lever: PlannedLever, { waits, delays }: Side) {
  const { name, unit, acts } = LEVERS[lever.code]
  return answerOf(leverSchema, {
    ...lever,
    name,
    unit,
    actsFrom: actsFrom(lever),
    actsWithinProjection: actsInTime(lever, acts === 'waits' ? waits : delays),
  })
}

function outcomeOf(
  baseline: Outcome | undefined,
  outcome: Outcome | undefined,
  scenario: Scenario | undefined,
): z.infer<typeof outcomeSchema> {
  if (outcome === undefined) return null
  const { quarters, at, gains, worth, range } = outcome
  const per = (brought: PathBand, years: number) => {
    const cost = scenario && costPer(costOf(scenario), years, brought)
    return cost ? endsOf({ low90: cost.low, median: cost.median, high90: cost.high }) : null
  }
  return {
    points: quarters.map(({ quarter, band }) => bandOf(quarter, band)),
    at,
    daysSaved: daysSaved(baseline, outcome) ?? null,
    gains: gains?.map(({ quarter, gained }) => ({ quarter, days: endsOf(gained) })) ?? null,
    worth: worth
      ? {
          personWeeks: endsOf(worth.personWeeks),
          meanDays: endsOf(worth.days),
          years: worth.years,
          eurosPerPersonWeek: per(worth.personWeeks, worth.years),
          eurosPerDay: per(worth.days, worth.years),
        }
      : null,
    medianRange: range ? { low: range.low ?? null, high: range.high ?? null } : null,
  }
}
