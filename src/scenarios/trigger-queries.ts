import { MOST_QUARTERS } from '../delays/cert-outlook.ts'
import { type ProjectedCert, projectedCert } from '../delays/delay-queries.ts'
import type { Db } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import type { Day } from '../pure/calendar/day.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import type { OutcomeQuarter } from './comparison.ts'
import { delayQuarters, waitOutcomes } from './comparison-queries.ts'
import { LEVERS } from './lever.ts'
import { actsFrom } from './scenario.ts'
import { savedScenarios } from './scenario-queries.ts'
import { type QuarterRisk, triggerState } from './trigger.ts'
import type { TriggerReport } from './trigger-answer.ts'

/** Every lever of a department's scenarios that has a threshold, those to decide first. */
export async function triggers(db: Db, department: string, today: Day): Promise<TriggerReport[]> {
  const guarded = (await savedScenarios(db, department)).flatMap(saved =>
    saved.scenario.levers.flatMap(lever => (lever.trigger ? [{ saved, lever, trigger: lever.trigger }] : [])),
  )
  if (guarded.length === 0) return []
  const risksFor = await riskReader(db, department, today)
  const reports: TriggerReport[] = []
  for (const { saved, lever, trigger } of guarded.slice(0, MOST_TRIGGERS)) {
    const { scenario } = saved
    const acts = LEVERS[lever.code].acts
    const place = lever.hall ?? scenario.place
    const about = acts === 'waits' ? place : (scenario.title ?? '')
    const risks = await risksFor(acts, about, trigger.aboveDays)
    // What is not decided yet acts at the soonest so long after today.
    const from = actsFrom({ ...lever, startsOn: lever.startsOn < today ? today : lever.startsOn })
    reports.push({
      scenario: { id: saved.id, name: scenario.name },
      code: lever.code,
      name: LEVERS[lever.code].name,
      about,
      aboveDays: trigger.aboveDays,
      ifMoreLikelyThan: trigger.probability,
      startsOn: lever.startsOn,
      actsFrom: from,
      ...(risks === undefined ? UNREAD : triggerState(trigger, from, risks)),
      status: 'estimated',
    })
  }
  const rank = ({ triggered, reason }: TriggerReport) => (triggered ? 0 : reason === null ? 1 : 2)
  return reports.sort((a, b) => rank(a) - rank(b))
}

/** Levers with a threshold that are looked at, the most recent scenarios first. */
const MOST_TRIGGERS = 50
const UNREAD = { quarter: null, probability: null, triggered: false, reason: 'no-projection' } as const

/** Reads the chances of passing a threshold, each projection being run once for each threshold. */
async function riskReader(db: Db, department: string, today: Day) {
  const known = new Map<string, QuarterRisk[] | undefined>()
  const certs = new Map<string, ProjectedCert | { reason: string }>()
  return async (acts: 'waits' | 'delays', about: string, aboveDays: number) => {
    const key = `${acts}|${about}|${aboveDays}`
    if (known.has(key)) return known.get(key)
    await othersFirst()
    let quarters: OutcomeQuarter[] | undefined
    if (acts === 'waits') {
      const found = await placeWaitNow(db, about, { asOf: today })
      quarters = found && waitOutcomes(found.now, aboveDays)
    } else if (about === 'cni-passport' || about === 'driving-licence') {
      const cert = certs.get(about) ?? (await projectedCert(db, department, about, today))
      certs.set(about, cert)
      quarters =
        'reason' in cert
          ? undefined
          : delayQuarters(cert, undefined, 'central', { targetDays: aboveDays, quarters: MOST_QUARTERS })
    }
    const risks = quarters?.map(({ quarter, band }) => ({ quarter, probability: band.probabilityOver }))
    known.set(key, risks)
    return risks
  }
}
