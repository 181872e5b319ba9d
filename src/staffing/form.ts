import type { Refusal } from '../errors.ts'
import { frenchShortNumber } from '../pure/french/french.ts'
import { readFrenchNumber } from '../pure/french/french-number.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import type { Limit, Obstacle } from './obstacle.ts'
import type { MonthAgents, StaffingQuestion } from './team.ts'

/** The fields of the form by name, as a reader types them. */
export type FormFields = Readonly<Record<string, string>>

/** What is wrong with a field, or with the whole when no field is named. */
export interface FormFault {
  field: string | undefined
  message: string
}

const NUMBERS = new Set([
  ...Object.keys(ASSUMPTIONS),
  'months',
  'targetDays',
  'unpromisedMonths',
  'startStock',
  'budget',
  'contractMonths',
  'seed',
])
const LISTS = new Set(['presence', 'season', 'training'])
const MONTH_AGENTS = new Set(['contractEnds', 'decided'])

/**
 * The fields of the form as the API would receive them: French numbers (`0,9`, `12 000`), chances in per cent (`90`), lists
 * separated by `;` or spaces, months with a number (`2027-03 2, 2027-09 1`). An empty field is not given; an unreadable one
 * stays text, so that it is refused under its name.
 */
export function fromForm(fields: FormFields): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const text = field.trim()
    if (text === '') continue
    if (NUMBERS.has(name)) read[name] = numberOf(text)
    else if (name === 'probability') read[name] = chances(text)
    else if (LISTS.has(name)) read[name] = text.split(/[;\s]+/).map(numberOf)
    else if (MONTH_AGENTS.has(name)) read[name] = monthsIn(text).map(([month, n]) => ({ month, agents: n }))
    else if (name === 'received') read[name] = monthsIn(text).map(([month, n]) => ({ month, files: n }))
    else read[name] = text
  }
  return read
}

function numberOf(text: string): number | string {
  return readFrenchNumber(text) ?? text
}

/** Nobody promises a target with less than 1 % of chances: 0,9 is nine chances out of ten. */
function chances(text: string): number | string {
  const value = numberOf(text.replace('%', ''))
  return typeof value === 'number' && value > 1 ? value / 100 : value
}

function monthsIn(text: string): [month: string, number: number | string][] {
  return text
    .split(/[,;]\s+/)
    .filter(part => part.trim() !== '')
    .map(part => {
      const [month = '', ...rest] = part.trim().split(/[\s:]+/)
      return [month, rest.length === 0 ? 1 : numberOf(rest.join(''))]
    })
}

/** A question as the fields of the form: what is not set is left empty. */
export function filledForm(question: StaffingQuestion): Record<string, string> {
  const numbers = Object.fromEntries(
    (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, numberText(question[name])]),
  )
  return {
    ...numbers,
    title: question.title,
    targetDays: numberText(question.targetDays),
    probability: numberText(100 * question.probability),
    months: numberText(question.months),
    budget: numberText(question.budget),
    promise: question.promise,
    startStock: numberText(question.startStock),
    contractMonths: numberText(question.contractMonths),
    presence: listText(question.presence),
    training: listText(question.training),
    contractEnds: monthsText(question.contractEnds),
    decided: monthsText(question.decided),
    received: '',
  }
}

function numberText(value: number | undefined): string {
  // A tenth of a file or of a euro is all that a reader changes; shares and ratios keep more.
  return value === undefined ? '' : frenchShortNumber(value, Math.abs(value) < 10 ? 4 : 1)
}

function listText(values: readonly number[]): string {
  return values.map(value => frenchShortNumber(value, 2)).join(' ; ')
}

function monthsText(months: readonly MonthAgents[]): string {
  return months.map(({ month, agents }) => `${month} ${numberText(agents)}`).join(', ')
}

/** The promise, shown apart from the assumptions: it is asked anew with each plan. */
export const PROMISE_FIELDS = ['title', 'targetDays', 'probability', 'months', 'budget'] as const

/**
 * What a reader asks, against the form as it was filled in: the promise, and the fields that he changed. Those left as they
 * were are not given, so that they keep their origin; one that he emptied is given as nothing.
 */
export function askedAnew(fields: FormFields, filled: FormFields): Record<string, unknown> {
  const changed = changedFields(fields, filled)
  const promise = Object.fromEntries(PROMISE_FIELDS.map(name => [name, fields[name] ?? '']))
  return { ...emptied(changed), ...fromForm({ ...changed, ...promise }) }
}

/** The same against a plan: what was left as it was stays what the plan had. */
export function askedAgain(
  { question, demandRun }: { question: StaffingQuestion; demandRun: string | undefined },
  fields: FormFields,
): { request: Record<string, unknown>; changed: readonly string[] } {
  const changed = changedFields(fields, filledForm(question))
  const { unpromisedMonths: _, season, contracts, ...rest } = question
  // A course of the engine, or of licences, carries its own season.
  const ownCourse = demandRun !== undefined || question.licencesPerHead !== undefined
  const kept = { ...rest, ...(ownCourse ? {} : { season }) }
  const terms = TERMS.some(name => name in changed)
    ? contracts?.map(({ kind, months, maxPerMonth }) => ({ kind, months, maxPerMonth }))
    : contracts
  return {
    request: { ...kept, contracts: terms, ...emptied(changed), ...fromForm(changed) },
    changed: Object.keys(changed),
  }
}

/** Terms of all contracts: changed, each contract follows. */
const TERMS: readonly string[] = ['recruitingLeadMonths', 'hiringCost', 'wagePerMonth']

function emptied(changed: FormFields): Record<string, undefined> {
  return Object.fromEntries(
    Object.entries(changed)
      .filter(([, text]) => text.trim() === '')
      .map(([name]) => [name, undefined]),
  )
}

function changedFields(fields: FormFields, filled: FormFields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, field]) => name in filled && !sameText(field, filled[name] ?? '')),
  )
}

function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.trim().replace(/[\s\u00a0\u202f]+/g, ' ')
  return plain(a) === plain(b)
}

/** Words for fields that the API counts otherwise than the form. */
const FORM_WORDS: Readonly<Record<string, string>> = {
  probability: 'de 50 à 99,9 pour cent',
}

/** Faults of values refused by the API, each under its field: the first of a field says enough. */
export function faultsOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]): FormFault[] {
  const faults = new Map<string, FormFault>()
  for (const { path, message } of issues) {
    const field = String(path[0] ?? '')
    if (!faults.has(field)) faults.set(field, { field, message: FORM_WORDS[field] ?? message })
  }
  return [...faults.values()]
}

/** Why a plan was refused, each remedy under the field that it moves; what names no field is said of the whole. */
export function faultsOfRefusal({
  message,
  extensions,
}: Pick<Refusal, 'message' | 'extensions'>): FormFault[] {
  const { parameter, remedies } = extensions
  const whole = { field: typeof parameter === 'string' ? parameter : undefined, message }
  if (whole.field !== undefined || !Array.isArray(remedies)) return [whole]
  return [
    whole,
    ...(remedies as Obstacle['remedies']).map(({ limit, text }) => ({
      field: LIMIT_FIELDS[limit],
      message: `suffirait, seul : ${text}`,
    })),
  ]
}

/** The field that moves a limit of the means. */
const LIMIT_FIELDS: Record<Limit, string> = {
  budget: 'budget',
  hires: 'maxHiresPerMonth',
  overtime: 'overtimeHoursPerAgentMonth',
  lead: 'recruitingLeadMonths',
  target: 'targetDays',
}
