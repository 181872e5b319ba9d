import { isDay } from '../pure/calendar/day.ts'
import { readFrenchNumber } from '../pure/french/french-number.ts'
import { LEVER_CODES, LEVERS, type LeverCode } from './lever.ts'
import type { ScenarioFault } from './scenario.ts'
import type { PlannedLever, Scenario } from './scenario-answer.ts'

/** What a form sent, field by field; a field that was not sent is empty. */
export type FormFields = Readonly<Record<string, string>>

/** Levers that a form offers at first, and at most. */
export const FIRST_ROWS = 1
/** Levers that a form offers at most; a program may send more. */
export const MOST_ROWS = 6

/** How many levers a form shows. */
export function rowsOf(fields: FormFields): number {
  const asked = Number(fields['rows'] ?? FIRST_ROWS)
  return Number.isInteger(asked) ? Math.min(MOST_ROWS, Math.max(FIRST_ROWS, asked)) : FIRST_ROWS
}

/** Two scenarios to begin with, for the wave of 2031: both act on every hall of a department, so that one gains most. */
export function examples(place: string): Scenario[] {
  const decided = (code: LeverCode, name: string): Scenario => {
    const amount = { low: 2, central: 2, high: 2 }
    return { name, place, levers: [{ code, amount, startsOn: '2030-06-01', leadWeeks: 8 }] }
  }
  return [
    decided('more-hours', 'Exemple : 2 heures de plus par semaine'),
    decided('shorter-gap', 'Exemple : 2 minutes de moins entre deux rendez-vous'),
  ]
}

/**
 * The scenario that a form tells, with the cells that cannot be read. Numbers may be written as French people do, `0,4`;
 * an amount may be a range, `2 à 4`, whose middle is its central value.
 */
export function scenarioOfForm(
  fields: FormFields,
  campaigns: readonly { id: string; campaign: NonNullable<PlannedLever['campaign']> }[],
): { scenario: Scenario; faults: ScenarioFault[] } {
  const faults: ScenarioFault[] = []
  const text = (name: string) => (fields[name] ?? '').trim()
  const number = (name: string, field: string, needed: boolean): number | undefined => {
    const value = readFrenchNumber(text(name))
    if (value === undefined && text(name) === '' && !needed) return undefined
    if (value === undefined)
      faults.push({ field, code: 'unreadable-number', message: 'Un nombre, par exemple 2,5.' })
    return value
  }
  const levers = Array.from({ length: rowsOf(fields) }, (_, i) => i).flatMap((row): PlannedLever[] => {
    const cell = (name: string) => text(`levers.${row}.${name}`)
    const code = cell('code')
    if (!isLeverCode(code)) return []
    const at = (name: string) => `levers.${filledRows(fields).indexOf(row)}.${name}`
    const amount = rangeOf(cell('amount'))
    if (amount === undefined)
      faults.push({
        field: at('amount'),
        code: 'unreadable-number',
        message: 'Un nombre (0,4) ou une fourchette (2 à 4).',
      })
    if (!isDay(cell('startsOn')))
      faults.push({ field: at('startsOn'), code: 'invalid-day', message: 'Un jour s’écrit 2022-09-01.' })
    const value = (name: string, needed = false) => number(`levers.${row}.${name}`, at(name), needed)
    const once = value('once')
    const perYear = value('perYear')
    const above = value('aboveDays')
    const chance = value('chance')
    const minutesSaved = value('minutesSaved')
    const campaign = campaigns.find(({ id }) => id === cell('campaign'))?.campaign
    return [
      {
        code,
        ...(cell('hall') === '' || LEVERS[code].hall === 'none' ? {} : { hall: cell('hall') }),
        amount: amount ?? { low: Number.NaN, central: Number.NaN, high: Number.NaN },
        startsOn: cell('startsOn'),
        ...(cell('until') === '' ? {} : { until: cell('until') }),
        leadWeeks: value('leadWeeks') ?? 0,
        ...(minutesSaved === undefined || code !== 'pre-applications' ? {} : { minutesSaved }),
        ...(campaign === undefined || code !== 'campaign' ? {} : { campaign }),
        ...(once === undefined && perYear === undefined
          ? {}
          : { cost: { once: once ?? 0, perYear: perYear ?? 0, origin: cell('origin') } }),
        ...(above === undefined ? {} : { trigger: { aboveDays: above, probability: (chance ?? 50) / 100 } }),
      },
    ]
  })
  const title = text('title')
  const agents = number('agents', 'agents', false)
  const filesPerAgentDay = number('filesPerAgentDay', 'filesPerAgentDay', false)
  return {
    scenario: {
      name: text('name'),
      place: text('place'),
      ...(title === 'cni-passport' || title === 'driving-licence' ? { title } : {}),
      ...(agents === undefined ? {} : { agents }),
      ...(filesPerAgentDay === undefined ? {} : { filesPerAgentDay }),
      levers,
    },
    faults,
  }
}

/** The row of the form where each lever of a scenario stands: empty rows are not levers. */
export function rowOfLever(fields: FormFields, lever: number): number {
  return filledRows(fields)[lever] ?? lever
}

function filledRows(fields: FormFields): number[] {
  const rows = Array.from({ length: rowsOf(fields) }, (_, row) => row)
  return rows.filter(row => isLeverCode((fields[`levers.${row}.code`] ?? '').trim()))
}

function isLeverCode(text: string): text is LeverCode {
  return (LEVER_CODES as readonly string[]).includes(text)
}

function rangeOf(text: string): PlannedLever['amount'] | undefined {
  const [first, second] = text.split(/\s+à\s+/).map(readFrenchNumber)
  if (first === undefined) return undefined
  if (!/\s+à\s+/.test(text)) return { low: first, central: first, high: first }
  return second === undefined ? undefined : { low: first, central: (first + second) / 2, high: second }
}
