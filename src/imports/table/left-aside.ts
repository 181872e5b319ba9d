import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { type Legend, legendOf } from '../cells/mark.ts'
import type { RemarkLog } from '../cells/remark.ts'
import { isUnits } from './figure-terms.ts'
import { isTarget, isTotal } from './heading.ts'
import type { TablePlan } from './plan.ts'
import type { TableRow } from './row.ts'

const NOTE =
  /^(\(?\*+\)?|\(\d\)|¹|²|³|nota?\b|n\.\s?b\b|notes?\s?:|source|champ\s?:|lecture\s?:|remarques?\s?:|avertissement|légende|legende|précision|données |mise à jour|mis à jour|édité|edité|extrait|export(é|ation)? |imprimé|périmètre|[epr]\s?[:=]|\([epr]\)|©|https?:)/i

/** Whether a text begins as the notes under a table do. */
export function isNote(text: string): boolean {
  return NOTE.test(text)
}

/** What a row of the table is when it holds no figure of its own, or `undefined`. */
export type Aside =
  | 'total-left-aside'
  | 'target-left-aside'
  | 'note-left-aside'
  | 'header-repeated'
  | 'not-in-force'

/**
 * Says whether a row is a total, a note or the header again, and not one of the figures.
 * @param fits whether a text could stand in the column where it does.
 */
export function asideOf(
  { cells }: TableRow,
  header: readonly string[],
  sameField: (index: number, text: string) => boolean,
  fits: (index: number, text: string) => boolean,
): Aside | undefined {
  const filled: [index: number, text: string][] = []
  for (const [i, cell] of cells.entries()) {
    const text = cell.trim()
    if (text !== '') filled.push([i, text])
  }
  const [first] = filled
  if (first === undefined) return undefined
  if (isUnits(cells)) return 'note-left-aside'
  const words = filled.filter(([, text]) => /\p{L}{2}/u.test(text))
  if (
    words.length > 0 &&
    filled.length * 2 >= header.length &&
    filled.every(([i, text]) => sameField(i, text))
  )
    return 'header-repeated'
  const sum = words.find(
    ([i, text]) =>
      i < header.length && isSum(text) && ((i === first[0] && TOTAL_ALONE.test(text)) || !fits(i, text)),
  )
  if (sum !== undefined) return isTarget(sum[1]) ? 'target-left-aside' : 'total-left-aside'
  if (filled.length > 1 || header.length < 2) return undefined
  const [index, text] = first
  if (isNote(text) && !fits(index, text)) return 'note-left-aside'
  const sentence = text.split(/\s+/).length >= 3 && /\p{L}{3}/u.test(text)
  return sentence && !fits(index, text) ? 'note-left-aside' : undefined
}

/**
 * What a row says that is no fact of its own: a sum or a mean that its line computes, a value that is no longer in force.
 * @param fits whether a text could stand in the column where it does.
 */
export function computedAside(
  { cells }: TableRow,
  { positions, standing = -1 }: Pick<TablePlan, 'positions' | 'standing'>,
  fits: (index: number, text: string) => boolean,
): Aside | undefined {
  const said = (cells[standing] ?? '').trim()
  if (/^mean-of-|^decision-weighted$/.test(said)) return 'total-left-aside'
  if (said !== '' && said !== 'en vigueur' && said !== 'as-published') return 'not-in-force'
  const text = (field: string) => (cells[positions.get(field) ?? -1] ?? '').trim()
  const isComputed = /^(?:calcul|dériv|dédui)/i.test(text('status'))
  const isOther = ['title', 'measure'].some(
    field => text(field) !== '' && !fits(positions.get(field)!, text(field)),
  )
  return isComputed && isOther ? 'total-left-aside' : undefined
}

/** Words that head a sum; a sentence that begins as one does tells something else. */
const MOST_WORDS = 8
/** No centre, town or title is called so, at the head of a row. */
const TOTAL_ALONE = /^(?:sous[- ]?)?total(?: général)?$/i
const isSum = (text: string) => isTotal(text) && text.split(/\s+/).length <= MOST_WORDS

const WORDS: Record<Aside, string> = {
  'total-left-aside': 'Total ou moyenne laissés de côté : ils se recalculent',
  'target-left-aside':
    'Objectif laissé de côté : il se dit dans une colonne « objectif », en face de chaque délai',
  'note-left-aside': 'Note laissée de côté',
  'header-repeated': 'En-tête répété, laissé de côté',
  'not-in-force': 'Valeur qui n’est pas ou plus celle en vigueur, laissée de côté',
}

/** Tells a row that is left aside. */
export function tellAside(aside: Aside, line: number, remarks: RemarkLog): void {
  remarks.add(aside, WORDS[aside], line)
}

/** The flaw of a note that says what figures are once they have been read, or `undefined`. */
export function lateNote(row: TableRow, legend: Legend | undefined, remarks: RemarkLog): Flaw | undefined {
  const note = row.cells.filter(Boolean).join(' ; ')
  const isLate = [...legendOf([note])].some(([call, said]) => said !== 'noted' && !legend?.has(call))
  if (!isLate || !remarks.has('note-call')) return undefined
  return flawed(
    'estimated-figures',
    `La note ${quoted(note)} vient trop loin sous des chiffres qui l’appellent.`,
    'Déplacez-la au-dessus du tableau, ou écrivez « (p) » (provisoire) ou « (e) » (estimé) derrière ces chiffres.',
  ).flaw
}
