import { addMonths, type Month, monthsBetween } from '../pure/calendar/period.ts'
import { frenchGap, frenchMonth, frenchNumber, frenchPercent } from '../pure/french/french.ts'
import { sum } from '../pure/numerics/sum.ts'
import { contractCode } from './contract.ts'
import type { PlanDifference, StaffingPlan } from './plan-answer.ts'
import { type MonthAgents, type StaffingQuestion, termsOf } from './team.ts'

/**
 * What the last plan has already set in motion when a new one starts: its recruits who arrive inside the recruiting lead,
 * decided before the first month of the new plan. They can no longer be undone.
 */
export function frozenArrivals(last: StaffingPlan, firstMonth: Month): MonthAgents[] {
  return last.months
    .filter(({ month }) => month >= firstMonth)
    .flatMap(({ month, arrivals }) =>
      arrivals
        .filter(({ decideBy }) => decideBy < firstMonth)
        .map(({ contract, agents }) => ({ month, agents, contract })),
    )
}

/** Recruits of the last plan, already there when a new one starts, whose term then ends. */
export function endingTerms(last: StaffingPlan, firstMonth: Month): MonthAgents[] {
  const terms = new Map(termsOf(last.question).map(one => [contractCode(one), one.months]))
  const { attritionPerMonth } = last.question
  return last.months
    .filter(({ month }) => month < firstMonth)
    .flatMap(({ month, arrivals }) =>
      arrivals.flatMap(({ contract, agents }) => {
        const length = terms.get(contract)
        const end = length === undefined ? '' : addMonths(month, length)
        if (end < firstMonth) return []
        const left = (1 - attritionPerMonth) ** (monthsBetween(month, firstMonth).length - 1)
        return [{ month: end, agents: agents * left }]
      }),
    )
}

/** Agents of the last plan at the start of a month: what a new plan starts from when the count is not known. */
export function plannedAgents(last: StaffingPlan, month: Month): number | undefined {
  return last.months.find(one => one.month === month)?.agents
}

/**
 * What months received say of the level of the demand: the log of received ÷ expected, shrunk towards no change by the
 * precision of each (normal–normal, Gelman et al. 2013, § 2.5). Months resemble each other (autocorrelation r), so n of
 * them count for n (1 − r) ÷ (1 + r).
 *
 * Example: level error 6 %, month error 5 %, r 0.5, three months 10 % above: weight 0.36 ÷ (0.36 + 0.25) = 0.59, so the
 * level rises by 1.1^0.59 − 1 = 5.8 % and its error falls to √0.41 of what it was.
 *
 * @returns `undefined` when none of these months was in the last plan.
 */
export function updatedLevel(
  last: StaffingPlan,
  received: readonly { month: Month; files: number }[],
): { factor: number; errorLeft: number } | undefined {
  const expected = new Map(last.months.map(month => [month.month, month.expectedFiles]))
  const known = received.filter(({ month }) => (expected.get(month) ?? 0) > 0)
  const files = sum(known.map(one => one.files))
  const hoped = sum(known.map(({ month }) => expected.get(month) ?? 0))
  const { levelError, monthError, monthPersistence } = last.question
  if (known.length === 0 || files === 0 || levelError === 0) return undefined
  const counting = (known.length * (1 - monthPersistence)) / (1 + monthPersistence)
  const weight = levelError ** 2 / (levelError ** 2 + monthError ** 2 / counting)
  return { factor: (files / hoped) ** weight, errorLeft: Math.sqrt(1 - weight) }
}

/** What the new plan changes, month by month and in words. */
export function differenceOf(last: StaffingPlan, plan: StaffingPlan): PlanDifference {
  const before = new Map(last.months.map(month => [month.month, month]))
  const months = plan.months.flatMap(({ month, agents, hires, overtime, cost }) => {
    const old = before.get(month)
    if (old === undefined) return []
    const more = { agents: agents - old.agents, hires: hires - old.hires }
    return [{ month, ...more, overtime: overtime - old.overtime, cost: cost - old.cost }]
  })
  const [cost, hires] = [sum(months.map(month => month.cost)), sum(months.map(month => month.hires))]
  const moved = months.filter(month => Math.abs(month.hires) >= 0.5)
  return {
    months,
    cost,
    jointLateProbability: plan.jointLateProbability - last.jointLateProbability,
    explanation: [
      {
        title: 'Depuis le dernier plan',
        text:
          months.length === 0
            ? 'Les deux plans n’ont aucun mois commun.'
            : `Sur les ${frenchNumber(months.length)} mois communs : ${frenchGap(hires, 0)} recrue${Math.abs(hires) < 2 ? '' : 's'}, ${frenchGap(Math.round(cost), 0)} €. Risque d’ensemble ${frenchPercent(last.jointLateProbability * 100)} avant, ${frenchPercent(plan.jointLateProbability * 100)} maintenant.`,
      },
      ...(moved.length === 0
        ? []
        : [
            {
              title: 'Recrutements changés',
              text: `${moved.map(month => `${frenchMonth(month.month)} : ${frenchGap(month.hires, 0)}`).join(' ; ')}.`,
            },
          ]),
      { title: 'Décisions gelées', text: frozenText(plan.question) },
    ],
  }
}

function frozenText({ decided }: StaffingQuestion): string {
  return decided.length === 0
    ? 'Aucune arrivée n’était déjà décidée.'
    : `Arrivées déjà décidées, gardées telles quelles : ${decided.map(one => `${frenchNumber(one.agents)} en ${frenchMonth(one.month)}`).join(', ')}.`
}
