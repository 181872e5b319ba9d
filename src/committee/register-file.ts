import type { FileColumn } from '../pure/elements/column.ts'
import { frenchCount } from '../pure/french/french.ts'
import type { PaperTable } from '../pure/pages/paper.tsx'
import { NO_REPLY_EXPECTED, REGISTER_STATES, type RegisterLine, type RegisterState } from './register.ts'

/** What a file holds of the register, on a page, in the report and in its workbook. */
export const REGISTER_FILE: readonly (FileColumn<RegisterLine> & { label: string })[] = [
  { label: 'Code', value: line => line.code, description: 'Ne change pas d’une édition à l’autre' },
  { label: 'Sujet', value: line => line.subject },
  { label: 'Nature', value: line => line.kind },
  { label: 'Par', value: line => line.by, description: 'Organisation ou fonction, jamais une personne' },
  { label: 'Au nom de', value: line => line.speaksFor },
  { label: 'Jour', value: line => line.day, type: 'day', description: 'Jour de la séance' },
  { label: 'Ce qui a été dit', value: line => line.said },
  { label: 'Réponse', value: line => line.reply },
  { label: 'Suite', value: line => line.followUp },
  { label: 'État', value: line => REGISTER_STATES[line.state].name, description: statesInWords() },
  { label: 'Mesure', value: line => line.measure?.label },
  { label: 'Page de la mesure', value: line => line.measure?.href },
  { label: 'Source', value: line => line.source },
]

/** What each state means. */
export function statesInWords(): string {
  return Object.values(REGISTER_STATES)
    .map(({ name, meaning }) => `${name} : ${meaning}`)
    .join(' ; ')
}

/** How many points stand in a state: `4 promis`. */
export function stateCount(state: RegisterState, count: number): string {
  const { name, plural } = REGISTER_STATES[state]
  return frenchCount(count, name, plural)
}

/** The register in a document: what was asked or promised beside what came. */
export function registerPaperTable(lines: readonly RegisterLine[]): PaperTable {
  return {
    id: 'registre',
    caption: 'Ce qui a été demandé ou promis, à côté de ce qui est venu',
    columns: [
      { label: 'Demandé ou promis' },
      { label: 'Par' },
      { label: 'État' },
      { label: 'Réponse, puis suite' },
    ],
    rows: lines.map(line => [
      `${line.subject} (${line.kind})`,
      line.by,
      REGISTER_STATES[line.state].name,
      line.reply === NO_REPLY_EXPECTED ? line.followUp : `${line.reply} ${line.followUp}`,
    ]),
    file: REGISTER_FILE.map(({ value, ...column }) => ({ ...column, values: lines.map(value) })),
    note: `${statesInWords()}. Une annonce de l’administration n’attendait pas de réponse.`,
  }
}
