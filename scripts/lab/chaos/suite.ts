import { median } from 'simple-statistics'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { CLIENT_FAULTS } from './client-faults.ts'
import { DATABASE_FAULTS, NETWORK_FAULTS } from './database-faults.ts'
import { corruption, evidence } from './evidence.ts'
import { FLEET_FAULTS, WORKER_FAULTS } from './fleet-faults.ts'
import { MACHINE_FAULTS } from './machine-faults.ts'
import { SERVER_FAULTS } from './server-faults.ts'
import type { Fault, Stand } from './stand.ts'
import { START_FAULTS } from './start-faults.ts'

/** What a fault did: acknowledged writes lost, rows partial, seconds until a write passed again. */
export interface FaultReport {
  name: string
  seed: number
  kills?: number
  acknowledged: number
  lost: number
  partial: number
  /** How long it took, its evidence included. */
  seconds: number
  /** The longest time from the end of the fault to the next write acknowledged. */
  secondsToHeal: number
  medianSecondsToHeal?: number
  /** Answers seen while it lasted, by status or by what cut the connection. */
  answers: Record<string, number>
  /** What went wrong; empty when nothing did. */
  findings: string[]
  /** Why it was not provoked here. */
  skipped?: string
}

/** The report of a fault of which nothing is known yet. */
export function emptyReport(name: string, seed: number): FaultReport {
  const none = { acknowledged: 0, lost: 0, partial: 0, seconds: 0, secondsToHeal: 0 }
  return { name, seed, ...none, answers: {}, findings: [] }
}

/** Every fault that the suite can provoke. */
export const FAULTS: readonly Fault[] = [
  ...SERVER_FAULTS,
  ...WORKER_FAULTS,
  ...FLEET_FAULTS,
  ...DATABASE_FAULTS,
  ...NETWORK_FAULTS,
  ...CLIENT_FAULTS,
  ...START_FAULTS,
  ...MACHINE_FAULTS,
]

/** Provokes one fault, then takes the evidence: what was acknowledged is there, whole, once, and nothing is corrupt. */
export async function provoke(stand: Stand, fault: Fault, seed: number, kills: number): Promise<FaultReport> {
  const share = fault.share === undefined ? undefined : Math.max(1, Math.round(kills * fault.share))
  const report: FaultReport = {
    ...emptyReport(fault.name, seed),
    ...(share === undefined || fault.graceful ? {} : { kills: share }),
  }
  const reason = await fault.skipped?.()
  if (reason !== undefined) return { ...report, skipped: reason }
  stand.random = seededRandom(seed)
  const begun = performance.now()
  try {
    const outcome = await fault.run(stand, share ?? 0)
    const found = outcome.evidence ?? (await evidence(stand.pool, stand.service.url, outcome.sent))
    const corrupt = await corruption(stand.pool)
    return {
      ...report,
      acknowledged: found.acknowledged,
      lost: found.lost,
      partial: found.partial,
      seconds: Math.round((performance.now() - begun) / 1_000),
      secondsToHeal: Math.round(outcome.secondsToHeal * 1_000) / 1_000,
      ...(outcome.healing ? { medianSecondsToHeal: median(outcome.healing) } : {}),
      answers: Object.fromEntries(outcome.answers),
      findings: [...outcome.findings, ...found.findings, ...corrupt],
    }
  } catch (error) {
    stand.proxy.weather = { kind: 'clear' }
    await stand.restart().catch(() => undefined)
    return { ...report, findings: [error instanceof Error ? (error.stack ?? error.message) : String(error)] }
  }
}
