import type { Cost, Lever, Range } from '../pure/figures/lever.ts'
import type { CertTeam } from './cert-capacity.ts'

/** What levers change at a CERT: its team, hours beyond the ordinary, and the share treated out of turn. */
export interface CertParameters {
  team: CertTeam
  /** Share of an ordinary day worked in addition; 0.1 is 10 % of overtime. */
  overtimeShare: number
  expressShare: number
}

/** The team that does the same in a day as a team with overtime: overtime counts as presence. */
export function teamWithOvertime({ team, overtimeShare }: CertParameters): CertTeam {
  return { ...team, presence: team.presence * (1 + overtimeShare) }
}

/** What a prefecture states of a lever; weeks and costs have no national figure, so they have no default. */
export interface LeverTerms {
  amount: Range
  leadWeeks: number
  cost?: Cost
}

/** More agents, in full-time equivalents. New agents are slower at first: count what they do, not who they are. */
export function moreAgents(terms: LeverTerms): Lever<CertParameters> {
  return lever('more-agents', 'Agents en plus', 'ETPO', terms, (p, amount) => ({
    ...p,
    team: { ...p.team, fullTimeAgents: Math.max(0, p.team.fullTimeAgents + amount) },
  }))
}

/**
 * More files per agent and day. The committee of April 2022 saw 80 (target), 95 (2021) then 100: from 95 to 100 is
 * +5.3 %, less than the 13 % of overload read in the delays of the last quarter of 2021.
 */
export function higherProductivity(terms: LeverTerms): Lever<CertParameters> {
  return lever(
    'higher-productivity',
    'Productivité',
    'dossiers par agent et par jour',
    terms,
    (p, amount) => ({
      ...p,
      team: { ...p.team, filesPerAgentDay: Math.max(0, p.team.filesPerAgentDay + amount) },
    }),
  )
}

/** Overtime, as a share of the ordinary working time. */
export function overtime(terms: LeverTerms): Lever<CertParameters> {
  return lever('overtime', 'Heures supplémentaires', 'part du temps de travail', terms, (p, amount) => ({
    ...p,
    overtimeShare: Math.max(0, p.overtimeShare + amount),
  }))
}

/** An express lane for the newest files. It clears no stock: what some gain, others lose. */
export function expressLane(terms: LeverTerms): Lever<CertParameters> {
  return lever('express-lane', 'File prioritaire', 'part de la capacité', terms, (p, amount) => ({
    ...p,
    expressShare: Math.min(1, Math.max(0, p.expressShare + amount)),
  }))
}

function lever(
  code: string,
  name: string,
  unit: string,
  { amount, leadWeeks, cost = 'unknown' }: LeverTerms,
  change: Lever<CertParameters>['change'],
): Lever<CertParameters> {
  return { code, name, unit, amount, leadWeeks, cost, change }
}
