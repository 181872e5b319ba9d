import {
  frenchCount,
  frenchDays,
  frenchNumber,
  frenchPercent,
  frenchQuantity,
  frenchShortNumber,
} from '../pure/french/french.ts'
import { elasticProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { safetyGuess } from './risk.ts'
import { staffingProgram } from './staffing-program.ts'
import { type StaffingQuestion, teamOf } from './team.ts'
import type { MeasuredPlan, TuningGround } from './tune.ts'

/** A limit that, moved alone, would make a plan possible. */
export type Limit = 'budget' | 'hires' | 'overtime' | 'lead' | 'target'

/** Which limits bind, and by how much each would have to move. */
export interface Obstacle {
  detail: string
  binding: Limit[]
  remedies: { limit: Limit; amount: number; text: string }[]
  /** Probability that the means given do reach. */
  bestProbability: number | undefined
}

const LIMIT_NAMES: Record<Limit, string> = {
  budget: 'le budget',
  hires: 'le nombre d’arrivées par mois',
  overtime: 'les heures supplémentaires',
  lead: 'le délai de recrutement',
  target: 'l’objectif de délai',
}

/** French name of a limit. */
export function limitName(limit: Limit): string {
  return LIMIT_NAMES[limit]
}

/**
 * Why no plan keeps the promise. Each limit is moved alone in the elastic program: one that then suffices binds, and the
 * least slack says by how much. The target and the recruiting lead, which are no rows, are searched.
 */
export async function obstacles(
  ground: TuningGround,
  question: StaffingQuestion,
  safest: MeasuredPlan | undefined,
): Promise<Obstacle> {
  const { team, mean, paths, accepted } = ground
  const safety = safetyGuess(team, mean, paths, 1 - accepted)
  const demand = mean.map(files => files * safety)
  const remedies: Obstacle['remedies'] = []
  const add = (limit: Limit, amount: number | undefined, text: (amount: number) => string) => {
    if (amount !== undefined && amount > 1e-9) remedies.push({ limit, amount, text: text(amount) })
  }
  const { program } = staffingProgram([team], [demand], { budget: ground.budget })
  const slack = async (limit: string, price?: (row: string) => number): Promise<number | undefined> => {
    if (!program.constraints.some(row => row.name.startsWith(limit))) return undefined
    const elastic = elasticProgram(program, {
      gives: row => row.name.startsWith(limit),
      ...(price ? { price: row => price(row.name) } : {}),
    })
    const solved = await ground.solve(elastic.program)
    return solved.status === 'optimal' ? solved.objective : undefined
  }
  add('budget', await slack('budget'), euros => `un budget plus grand de ${frenchNumber(Math.ceil(euros))} €`)
  add(
    'hires',
    await slack('hires'),
    agents => `${frenchCount(Math.ceil(agents), 'arrivée')} de plus que la limite par mois, en tout`,
  )
  add(
    'overtime',
    await slack('overtime', row => team.hoursPerAgent[Number(row.split(' ')[2])]!),
    hours => `${frenchNumber(Math.ceil(hours))} heures supplémentaires de plus, en tout`,
  )
  const feasible = async (changed: StaffingQuestion) => {
    const other = staffingProgram([teamOf(changed)], [demand], { budget: ground.budget })
    return (await ground.solve(other.program)).status === 'optimal'
  }
  add('lead', await shorterLead(question, feasible), months => {
    const left = question.recruitingLeadMonths - months
    return left === 0
      ? 'des recrues disponibles tout de suite'
      : `un délai de recrutement de ${frenchNumber(left)} mois`
  })
  add('target', await nearestTarget(question, feasible), days => `un objectif de ${frenchDays(days, 0)}`)
  const binding = remedies.map(remedy => remedy.limit).filter(limit => limit !== 'target')
  const bestProbability = safest && 1 - safest.promised
  return {
    detail: detailOf(question, binding, remedies, bestProbability),
    binding,
    remedies,
    bestProbability,
  }
}

async function shorterLead(
  question: StaffingQuestion,
  feasible: (question: StaffingQuestion) => Promise<boolean>,
): Promise<number | undefined> {
  const lead = question.recruitingLeadMonths
  if (lead === 0 || question.maxHiresPerMonth === 0) return undefined
  const within = (months: number): StaffingQuestion => ({
    ...question,
    recruitingLeadMonths: months,
    contracts: question.contracts?.map(terms => ({
      ...terms,
      leadMonths: Math.min(terms.leadMonths, months),
    })),
  })
  if (!(await feasible(within(0)))) return undefined
  for (let shorter = 1; shorter < lead; shorter++) {
    if (await feasible(within(lead - shorter))) return shorter
  }
  return lead
}

async function nearestTarget(
  question: StaffingQuestion,
  feasible: (question: StaffingQuestion) => Promise<boolean>,
): Promise<number | undefined> {
  let low = question.targetDays
  let high = 366
  if (low >= high || !(await feasible({ ...question, targetDays: high }))) return undefined
  while (high - low > 1) {
    const middle = Math.ceil((low + high) / 2)
    if (middle >= high) break
    if (await feasible({ ...question, targetDays: middle })) high = middle
    else low = middle
  }
  return Math.ceil(high)
}

function detailOf(
  question: StaffingQuestion,
  binding: readonly Limit[],
  remedies: Obstacle['remedies'],
  best: number | undefined,
): string {
  const aim = `Aucun plan ne tient ${frenchQuantity(question.targetDays, 'day')} avec ${frenchShortNumber(question.probability * 100)} chances sur 100`
  const reached =
    best === undefined || best < 0.005
      ? ''
      : ` ; les moyens donnés en donnent au mieux ${frenchPercent(best * 100, 0)}`
  const causes = binding.length === 0 ? '' : ` Ce qui bloque : ${binding.map(limitName).join(', ')}.`
  const ways =
    remedies.length === 0
      ? ' Aucun de ces moyens, déplacé seul, n’y suffirait : augmentez-en plusieurs, ou promettez à partir d’un mois plus tardif.'
      : ` Il suffirait de l’un de ces changements : ${remedies.map(remedy => remedy.text).join(' ; ')}.`
  return `${aim}${reached}.${causes}${ways}`
}
