import { frenchNumber } from '../../pure/french/french.ts'

/** Everything that is told of a file without refusing it: stable code → what it means, in French. */
export const REMARKS = {
  'unknown-metadata': 'Métadonnée inconnue',
  'column-left-aside': 'Colonne laissée de côté',
  'column-recognised': 'Colonne reconnue à son contenu',
  'service-recognised': 'Fichier d’un autre service reconnu',
  'kind-recognised': 'Type de fichier reconnu',
  'given-beside': 'Valeur donnée par le titre du tableau',
  'total-left-aside': 'Total laissé de côté',
  'target-left-aside': 'Objectif laissé de côté',
  'note-left-aside': 'Note laissée de côté',
  'header-repeated': 'En-tête répété',
  'row-left-aside': 'Ligne laissée de côté',
  'not-in-force': 'Valeur qui n’est plus en vigueur',
  'value-unknown': 'Valeur inconnue laissée de côté',
  'value-secret': 'Valeur secrète laissée de côté',
  'value-bounded': 'Valeur connue par une borne',
  'value-rough': 'Valeur approchée',
  'slot-counted': 'Jour du premier créneau lu comme une attente',
  'value-revised': 'Valeur révisée',
  'note-call': 'Appel de note laissé de côté',
  'hidden-rows': 'Lignes masquées',
  'merged-cells': 'Cellules fusionnées',
  'sheet-left-aside': 'Feuille laissée de côté',
  'sheets-together': 'Feuilles lues ensemble',
  'personal-data-dropped': 'Données personnelles retirées',
  'rows-left-aside': 'Lignes hors sujet laissées de côté',
  'zero-restored': 'Zéro de tête rendu',
  'several-documents': 'Plusieurs documents',
  'read-inside-period': 'Lu avant la fin de sa période',
} as const satisfies Record<string, string>

/** Stable code of a remark, for programs. */
export type RemarkCode = keyof typeof REMARKS

/** What is told of a file that is read all the same. */
export interface Remark {
  code: RemarkCode
  message: string
  /** The first lines concerned. */
  lines: number[]
  /** How many times. */
  count: number
}

const LINES_NAMED = 5

/** Gathers remarks with bounded memory: the same one about many lines is told once. */
export class RemarkLog {
  readonly #remarks = new Map<string, Remark>()

  /** Adds a remark; the same words again add their line. */
  add(code: RemarkCode, message: string, line?: number): void {
    const key = `${code}|${message}`
    const known = this.#remarks.get(key) ?? { code, message, lines: [], count: 0 }
    if (!this.#remarks.has(key) && this.#remarks.size >= 200) return
    known.count += 1
    if (line !== undefined && known.lines.length < LINES_NAMED && known.lines.at(-1) !== line)
      known.lines.push(line)
    this.#remarks.set(key, known)
  }

  /** Adds what another log told. */
  include(later: RemarkLog): void {
    for (const { code, message, lines } of later.#remarks.values())
      for (const line of lines.length > 0 ? lines : [undefined]) this.add(code, message, line)
  }

  /** Whether something was told under one of these codes. */
  has(...codes: RemarkCode[]): boolean {
    return [...this.#remarks.values()].some(({ code }) => codes.includes(code))
  }

  /** Everything told so far, with its lines in words. */
  all(): Remark[] {
    return [...this.#remarks.values()].map(remark => ({
      ...remark,
      message: `${remark.message}${where(remark)}.`,
    }))
  }
}

function where({ lines, count }: Remark): string {
  if (lines.length === 0) return ''
  const named = lines.map(line => String(line)).join(', ')
  return count > lines.length
    ? ` (${frenchNumber(count)} fois ; lignes ${named}…)`
    : ` (${lines.length > 1 ? 'lignes' : 'ligne'} ${named})`
}
