import { type Decisions, lived } from './decision.ts'
import { hardestFirst, keepsPromise } from './risk.ts'
import type { Team } from './team.ts'
import { type MeasuredPlan, measured, type TuningGround } from './tune.ts'

/** Plans tried in all, for each month of the horizon fewer: risk is measured on every tuning path. */
const TRIALS = 60_000

/**
 * Cheaper plans near a whole one, each still within the risk accepted on the tuning paths: a recruit fewer, a shorter
 * contract, a month later or earlier, fewer hours of overtime or loans, or a recruit against hours. The greatest saving
 * that holds is taken, until none does. @returns all that held, the cheapest last.
 */
export function cheaperPlans(ground: TuningGround, start: MeasuredPlan): MeasuredPlan[] {
  const { team, paths, promise, accepted } = ground
  const hardest = hardestFirst(team, start.lived.capacity, paths)
  const found = [start]
  let trials = Math.ceil(TRIALS / team.months.length)
  let best = start
  for (let better = true; better && trials > 0; ) {
    better = false
    for (const decisions of moves(ground, best.decisions)) {
      if (trials-- <= 0) break
      const { capacity, cost } = lived(team, decisions)
      if (cost.reduce((sum, one) => sum + one, 0) >= best.cost - 1) continue
      if (!keepsPromise(team, capacity, hardest, promise, accepted)) continue
      best = measured(ground, decisions, best.safety)
      found.push(best)
      better = true
      break
    }
  }
  return found
}

/** Small changes of a plan, those that should save most first. */
function* moves(ground: TuningGround, now: Decisions): Generator<Decisions> {
  const { team } = ground
  const months = team.months.length
  const contracts = team.contracts.map((_, c) => c)
  const arriving = (t: number) => contracts.reduce((sum, c) => sum + now.hires[c]![t]!, 0)
  const mayCome = (c: number, t: number) => {
    const contract = team.contracts[c]!
    return (
      t >= contract.leadMonths &&
      t < months &&
      now.hires[c]![t]! < contract.maxHires &&
      arriving(t) < team.maxHires
    )
  }
  const withHires = (changes: readonly [contract: number, month: number, by: number][]): Decisions => {
    const hires = now.hires.map(list => list.slice())
    for (const [c, t, by] of changes) hires[c]![t]! += by
    return withinHours(team, { ...now, hires })
  }
  for (const c of contracts) {
    for (let t = team.contracts[c]!.leadMonths; t < months; t++) {
      if (now.hires[c]![t]! < team.contracts[c]!.decided[t]! + 1) continue
      const fewer = withHires([[c, t, -1]])
      yield fewer
      // Hours may take over while the recruit would have been there.
      yield withinHours(team, fewer, { from: t, to: t + team.contracts[c]!.months })
      for (const other of contracts) {
        if (other === c) continue
        for (const at of [t, t + 1, t - 1]) {
          if (at === t ? t >= team.contracts[other]!.leadMonths : mayCome(other, at))
            yield withHires([
              [c, t, -1],
              [other, at, 1],
            ])
        }
      }
      for (const at of [t + 1, t - 1, t + 2]) {
        if (mayCome(c, at))
          yield withHires([
            [c, t, -1],
            [c, at, 1],
          ])
      }
    }
  }
  for (const share of [0, 0.5, 0.8, 0.95]) {
    for (let t = 0; t < months; t++) {
      if (now.overtimeHours[t]! > 1e-6) {
        const overtimeHours = now.overtimeHours.slice()
        overtimeHours[t]! *= share
        yield { ...now, overtimeHours }
      }
      if (now.loans[t]! > 1e-6) {
        const loans = now.loans.slice()
        loans[t]! *= share
        yield { ...now, loans }
      }
    }
  }
}

/** Hours within what the agents present may work, all that they may in some months. */
function withinHours(team: Team, decisions: Decisions, more?: { from: number; to: number }): Decisions {
  if (team.overtimeHours === 0) return decisions
  const { agents } = lived(team, decisions)
  const overtimeHours = decisions.overtimeHours.map((hours, t) => {
    const most = team.overtimeHours * agents[t]!
    return more !== undefined && t >= more.from && t < more.to ? most : Math.min(hours, most)
  })
  return { ...decisions, overtimeHours }
}
