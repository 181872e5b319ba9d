import { demandSource } from '../demand/explanation.ts'
import type { Day } from '../pure/calendar/day.ts'
import { type LaterFact, pastStart } from '../pure/charts/past-start.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { explainOutlook, outlookParameters } from './explain-outlook.ts'
import { hallSlotsPerWeek, projectOutlook, type ReadyHall, type WaitOutlook } from './wait-outlook.ts'
import type { WaitOutlookView } from './wait-outlook-figures.tsx'
import type { WaitProjection, WaitQuarterBand } from './wait-projection.ts'

/** What is known of the run of demand behind a projection. */
export interface RunMark {
  id: string
  asOf: string
  version: string
  seed: number
}

/** The projected wait of one place, told whole: numbers, parameters, words. */
export interface PlaceOutlook {
  run: RunMark
  place: { code: string; name: string }
  outlook: WaitOutlook
  projection: WaitProjection
  /** `undefined` for the department. */
  hall: ReadyHall | undefined
  /** Of the hall, or the department's mean weighted by requests. Empty when the hall cannot be projected. */
  quarters: readonly WaitQuarterBand[]
  parameters: StatedParameter[]
  explanation: ExplanationLine[]
}

/** Projects the waits of a department and tells them for one of its places. */
export function placeOutlook(
  found: { run: RunMark; outlook: WaitOutlook },
  place: { code: string; name: string },
  asked: { quarters?: number; limitDays: number },
): PlaceOutlook {
  const { run, outlook } = found
  const projection = projectOutlook(outlook, asked)
  const hall = outlook.halls.find(one => one.insee === place.code)
  const own = projection.halls.find(one => one.hall === place.code)
  return {
    run,
    place,
    outlook,
    projection,
    hall,
    quarters: own === undefined ? projection.meanOfRequests : 'quarters' in own ? own.quarters : [],
    parameters: outlookParameters(outlook, projection, hall),
    explanation: explainOutlook(outlook, projection, hall),
  }
}

/** The same as a page shows it on a day; `facts` are those that may have changed waits. */
export function outlookView(
  { run, place, outlook, projection, hall, ...told }: PlaceOutlook,
  today: Day,
  facts: readonly LaterFact[],
): WaitOutlookView {
  const banded = (quarters: readonly WaitQuarterBand[]) =>
    quarters.map(({ quarter, wait }) => ({ quarter, band: wait }))
  return {
    place,
    limitDays: projection.limitDays,
    lastKnown: outlook.start.quarter,
    quarters: banded(told.quarters),
    pooled: banded(projection.pooled),
    halls:
      hall !== undefined
        ? []
        : outlook.halls.map(one => {
            const own = projection.halls.find(({ hall: insee }) => insee === one.insee)
            return {
              insee: one.insee,
              name: one.name,
              slotsPerWeek: hallSlotsPerWeek(one),
              capacity: one.capacity,
              band: own !== undefined && 'quarters' in own ? own.quarters.at(-1)?.wait : undefined,
            }
          }),
    parameters: told.parameters,
    explanation: told.explanation,
    pastStart: pastStart(
      told.quarters.map(one => one.quarter),
      today,
      facts,
    ),
    source: demandSource(run),
  }
}
