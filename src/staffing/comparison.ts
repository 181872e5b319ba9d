import type { Month } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { frenchGap, frenchMonth, frenchNumber, frenchPercent } from '../pure/pages/french.ts'
import type { StaffingPlan } from './plan.ts'
import type { MonthAgents, StaffingQuestion } from './team.ts'

/** A month of two plans: what the new one changes. */
export interface MonthDifference {
  month: Month
  agents: number
  hires: number
  overtime: number
  cost: number
}

/** What a new plan changes over the months that both cover. */
export interface PlanDifference {
  months: MonthDifference[]
  cost: number
  jointLateProbability: number
  explanation: ExplanationLine[]
}

/**
 * What the last plan has already set in motion when a new one starts: its recruits who arrive inside the recruiting lead,
 * decided before the first month of the new plan. They can no longer be undone.
 */
export function frozenArrivals(
  last: StaffingPlan,
  firstMonth: Month,
  recruitingLeadMonths: number,
): MonthAgents[] {
  return last.months
    .filter(({ month, decideBy }) => month >= firstMonth && decideBy < firstMonth)
    .filter(({ hires }) => hires > 0)
    .slice(0, Math.max(0, recruitingLeadMonths))
    .map(({ month, hires }) => ({ month, agents: hires }))
}

/** Agents of the last plan at the start of a month: what a new plan starts from when the count is not known. */
export function plannedAgents(last: StaffingPlan, month: Month): number | undefined {
  return last.months.find(one => one.month === month)?.agents
}

/** What the new plan changes, month by month and in words. */
export function differenceOf(last: StaffingPlan, plan: StaffingPlan): PlanDifference {
  const before = new Map(last.months.map(month => [month.month, month]))
  const months = plan.months.flatMap(month => {
    const old = before.get(month.month)
    return old === undefined
      ? []
      : [
          {
            month: month.month,
            agents: month.agents - old.agents,
            hires: month.hires - old.hires,
            overtime: month.overtime - old.overtime,
            cost: month.cost - old.cost,
          },
        ]
  })
  const cost = months.reduce((sum, month) => sum + month.cost, 0)
  const hires = months.reduce((sum, month) => sum + month.hires, 0)
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
      {
        title: 'Décisions gelées',
        text: frozenText(plan.question),
      },
    ],
  }
}

function frozenText({ decided }: StaffingQuestion): string {
  return decided.length === 0
    ? 'Aucune arrivée n’était déjà décidée.'
    : `Arrivées déjà décidées, gardées telles quelles : ${decided.map(one => `${frenchNumber(one.agents)} en ${frenchMonth(one.month)}`).join(', ')}.`
}
