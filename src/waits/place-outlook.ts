import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { explainOutlook, outlookParameters, type StatedParameter } from './explain-outlook.ts'
import { projectOutlook, type ReadyHall, type WaitOutlook } from './wait-outlook.ts'
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
