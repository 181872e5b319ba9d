import type { Measure, Unit } from '../pure/figures/measure.ts'
import { frenchCount } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'

/** What a file does to a figure that it speaks of. */
export type FigureChangeKind = 'added' | 'revised' | 'contradicted' | 'taken-back' | 'unchanged'

/** One figure that a file changes or contradicts. A value is null when there is none, or when the reader may not see it. */
export interface FigureChange {
  change: Exclude<FigureChangeKind, 'unchanged'>
  measure: Measure
  title: Title | ''
  place: string
  variant: string
  period: string
  unit: Unit
  /** In force without the file. */
  before: number | null
  /** What the file says. */
  told: number | null
  /** In force with it. */
  after: number | null
  /** Under the statistical secret: this reader reads none of its values. */
  suppressed: boolean
}

/** What a figure is with and without a file, and what the file says of it. */
export type FigureValues = Pick<FigureChange, 'before' | 'told' | 'after'>

/**
 * What a file does to a figure: it gives a first value, replaces the one in force, takes it back, says something else that
 * does not hold, or nothing new. *Example:* 26 without the file, 28 told and 28 with it: revised; 26 all the same:
 * contradicted.
 */
export function changeOf({ before, told, after }: FigureValues): FigureChangeKind {
  if (before !== after) {
    if (before === null) return 'added'
    return after === null ? 'taken-back' : 'revised'
  }
  return told === null || told === after ? 'unchanged' : 'contradicted'
}

/** A row of what is known of halls, hours, closures, teams, events or outlines, by the columns of its table. */
export type FactRow = Readonly<Record<string, unknown>>

/** Something known of a place that a file changes: the rows about it without the file, and with it. */
export interface FactChange {
  subject: FactRow
  before: FactRow[]
  after: FactRow[]
}

/** What differs between what is known without a file and with it, subject by subject; `subject` names the columns. */
export function factChanges(
  before: readonly FactRow[],
  after: readonly FactRow[],
  subject: readonly string[],
): FactChange[] {
  const subjects = new Map<string, FactChange>()
  const gather = (rows: readonly FactRow[], side: 'before' | 'after') => {
    for (const row of rows) {
      const about = Object.fromEntries(subject.map(column => [column, row[column] ?? null]))
      const key = JSON.stringify(about)
      const known = subjects.get(key) ?? { subject: about, before: [], after: [] }
      known[side].push(row)
      subjects.set(key, known)
    }
  }
  gather(before, 'before')
  gather(after, 'after')
  return [...subjects.values()].filter(one => inOrder(one.before) !== inOrder(one.after))
}

/** Rows as one text, in whatever order they and their columns come. */
function inOrder(rows: readonly FactRow[]): string {
  const known = rows.map(row =>
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined),
  )
  return known
    .map(cells => JSON.stringify(cells.sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort()
    .join('\n')
}

/** A projection that a file moves, and why, by the code of each thing that changed under it. */
export interface ProjectionMove {
  place: string
  what: 'requests-next-year' | 'wait-now' | 'wait-in-a-year'
  /** Without the file: requests or days; null when nothing could be projected. */
  before: number | null
  after: number | null
  reasons: { code: string; text: string }[]
  href: string
}

/** What a file changes: one object for the page, the API and the preview. */
export interface Effect {
  figures: Record<FigureChangeKind, number> & {
    changes: FigureChange[]
    /** Figures that nobody else speaks of and those compared are all counted; beyond a bound they are not. */
    partial: boolean
  }
  facts: { changed: number; changes: FactChange[] }
  /** Projections moved; `undefined` where nobody asked, or where they are still being computed. */
  projections?: ProjectionMove[] | undefined
  /** Whether projections may move, and which ones is told to who asks for them. */
  pending?: boolean
}

/** In one French sentence what a file changes among the figures and the facts: `2 chiffres révisés, 1 contredit`. */
export function effectWords({ figures, facts, projections }: Effect): string {
  const parts = [
    [figures.added, 'chiffre ajouté', 'chiffres ajoutés'],
    [figures.revised, 'chiffre révisé', 'chiffres révisés'],
    [figures['taken-back'], 'chiffre repris', 'chiffres repris'],
    [figures.contradicted, 'chiffre contredit sans être remplacé', 'chiffres contredits sans être remplacés'],
    [figures.unchanged, 'chiffre inchangé', 'chiffres inchangés'],
    [facts.changed, 'fait changé', 'faits changés'],
    [projections?.length ?? 0, 'projection déplacée', 'projections déplacées'],
  ] as const
  const told = parts.filter(([count]) => count > 0).map(([count, one, many]) => frenchCount(count, one, many))
  return told.length === 0 ? 'rien ne change' : told.join(', ')
}
