import { ASSUMPTIONS } from './assumption.ts'

const NUMBERS = new Set([
  ...Object.keys(ASSUMPTIONS),
  'months',
  'targetDays',
  'probability',
  'unpromisedMonths',
  'startStock',
  'budget',
  'contractMonths',
  'seed',
])
const LISTS = new Set(['presence', 'season', 'training'])
const MONTH_AGENTS = new Set(['contractEnds', 'decided'])

/**
 * The fields of the form as the API would receive them: French numbers (`0,9`, `12 000`), lists separated by `;` or spaces,
 * months with a number of agents (`2027-03 2, 2027-09 1`). An empty field is not given; an unreadable one stays text, so
 * that it is refused under its name.
 */
export function fromForm(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = typeof field === 'string' ? field.trim() : ''
    if (text === '') continue
    if (NUMBERS.has(name)) read[name] = numberOf(text)
    else if (LISTS.has(name)) read[name] = text.split(/[;\s]+/).map(numberOf)
    else if (MONTH_AGENTS.has(name)) read[name] = text.split(/[,;]\s+/).map(monthAgents)
    else read[name] = text
  }
  return read
}

function numberOf(text: string): number | string {
  const value = Number(text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.'))
  return Number.isFinite(value) ? value : text
}

function monthAgents(text: string): { month: string; agents: number | string } {
  const [month = '', ...agents] = text.trim().split(/[\s:]+/)
  return { month, agents: agents.length === 0 ? 1 : numberOf(agents.join('')) }
}
