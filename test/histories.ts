import type { PublishedRow, ReleaseKind } from '../src/pure/figures/observation.ts'
import type { Random } from '../src/pure/numerics/series/random.ts'

/** A file as it reaches the service, before it is cut into figures. `arrival` is its place among the imports. */
export interface HistoryRelease {
  arrival: number
  source: string
  /** Whether the program itself brings it. */
  curated: boolean
  kind: ReleaseKind
  /** Day printed on the document. */
  day: string
  /** `published`: the place among the publications, or never. An embargo moves the day of the figures to its end. */
  wait: 'none' | 'draft' | 'past-embargo' | 'far-embargo'
  published: number | undefined
  /** Value of each figure: a number, `null` when it is taken back, absent when the file does not speak of it. */
  cells: Map<number, number | null>
}

/** Days on which documents are published, among which several may share one. */
export const DAYS = ['2022-01-10', '2022-02-10', '2022-02-11', '2022-03-10', '2022-04-10'] as const
/** End of the embargoes that are past, on French clocks. */
export const PAST_EMBARGO = '2022-03-01T08:00'
/** End of the embargoes that nobody will live to see. */
export const FAR_EMBARGO = '2999-01-01T08:00'
const KINDS: readonly ReleaseKind[] = ['initial', 'initial', 'revision', 'correction', 'methodology']

/** Random files over some figures: any order of arrival, drafts published later or never, embargoes, withdrawals. */
export function randomHistory(random: Random, figures: number): HistoryRelease[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const length = 2 + Math.floor(random() * 8)
  const releases = Array.from({ length }, (_, arrival): HistoryRelease => {
    const chance = random()
    const cells = new Map<number, number | null>()
    for (let figure = 0; figure < figures; figure++) {
      if (random() < 0.7) cells.set(figure, random() < 0.2 ? null : 1 + Math.floor(random() * 6))
    }
    return {
      arrival,
      source: pick(['Préfecture', 'Ministère', 'Presse']),
      curated: random() < 0.35,
      kind: pick(KINDS),
      day: pick(DAYS),
      wait: chance < 0.6 ? 'none' : chance < 0.8 ? 'draft' : chance < 0.93 ? 'past-embargo' : 'far-embargo',
      published: undefined,
      cells,
    }
  })
  // A draft is published after a later import, or at the very end, or never.
  let publications = 0
  const waiting: HistoryRelease[] = []
  for (const release of releases) {
    if (release.wait === 'draft') waiting.push(release)
    else release.published = publications++
    for (const draft of waiting.splice(0)) {
      if (random() < 0.4) draft.published = publications++
      else waiting.push(draft)
    }
  }
  return releases
}

/** Day from which the world could know a file. */
export function worldDay(release: HistoryRelease): string {
  if (release.wait === 'far-embargo') return FAR_EMBARGO.slice(0, 10)
  const embargo = release.wait === 'past-embargo' ? PAST_EMBARGO.slice(0, 10) : ''
  return embargo > release.day ? embargo : release.day
}

/** What is asked of a history: what the world knew on a day, and this service after some publications. */
export interface Question {
  asOf: string
  /** Publications counted; all of them when absent. */
  known?: number
  /** Whether the far embargo is taken as ended. */
  afterEmbargo?: boolean
}

/** Whether a file counts in an answer. */
export function counts(release: HistoryRelease, { asOf, known, afterEmbargo = false }: Question): boolean {
  return (
    release.published !== undefined &&
    (known === undefined || release.published < known) &&
    (release.wait !== 'far-embargo' || afterEmbargo) &&
    worldDay(release) <= asOf
  )
}

/** Moment from which the service shows a file: those of today come one after the other. */
export function shownAt({ wait, published }: HistoryRelease): string {
  if (wait === 'far-embargo') return '2999-01-01T07:00:00Z'
  return `2026-11-24T08:${String(published ?? 0).padStart(2, '0')}:00Z`
}

/**
 * The value in force of one figure, told as a clerk would keep it on a slate, reading the files by their days: each source
 * has its own lines; a declared change wipes those of its source before it writes, and counts as declared if that source is
 * the owner of the figure, or was put in force by the program. The owner is who was shown first; when a file turns up that
 * was shown before all that stands on the slate, no line of the slate counts as declared any more. The figure is the last
 * declared line, or else the line shown first.
 */
export function slate(
  releases: readonly HistoryRelease[],
  figure: number,
  question: Question,
): number | undefined {
  const slates = new Map<string, { value: number; declared: boolean; at: number; shown: string }[]>()
  let at = 0
  let owners = new Set<string>()
  let first: string | undefined
  for (const release of [...releases]
    .filter(one => counts(one, question))
    .sort((a, b) =>
      worldDay(a) === worldDay(b) ? a.arrival - b.arrival : worldDay(a) < worldDay(b) ? -1 : 1,
    )) {
    const said = release.cells.get(figure)
    if (said === undefined) continue
    at += 1
    // The program's own files count by their day.
    const since = release.curated ? worldDay(release) : [worldDay(release), shownAt(release)].sort()[1]
    const shown = `${since} ${String(release.arrival).padStart(2, '0')}`
    if (first === undefined || shown < first) {
      first = shown
      owners = new Set([release.source])
      for (const line of [...slates.values()].flat()) line.declared = false
    }
    const changed = release.kind !== 'initial'
    if (changed && release.curated) owners.add(release.source)
    const declared = changed && owners.has(release.source)
    const lines = changed ? [] : (slates.get(release.source) ?? [])
    if (said !== null) lines.push({ value: said, declared, at, shown })
    slates.set(release.source, lines)
  }
  const lines = [...slates.values()].flat()
  const last = lines.filter(line => line.declared).sort((a, b) => b.at - a.at)[0]
  return (last ?? lines.sort((a, b) => (a.shown < b.shown ? -1 : 1))[0])?.value
}

/** The published values of one figure as the service reads them. */
export function rowsOf(
  releases: readonly HistoryRelease[],
  figure: number,
  question: Question,
): PublishedRow[] {
  return releases.flatMap(release => {
    const said = release.cells.get(figure)
    if (said === undefined || !counts(release, question)) return []
    return [
      {
        measure: 'appointment-wait',
        title: '',
        place: '16',
        variant: '',
        statistic: 'mean',
        unit: 'unspecified-day',
        clock: 'first-free-slot',
        granularity: 'quarter',
        period: '2022-Q1',
        target: undefined,
        recordedAt: '2026-11-24T08:00:00Z',
        shownAt: shownAt(release),
        value: said ?? undefined,
        status: said === null ? 'withdrawn' : 'observed',
        release: release.arrival + 1,
        kind: release.kind,
        publishedOn: worldDay(release),
        source: release.source,
        curated: release.curated,
        document: `document ${release.arrival}`,
        locator: '',
      },
    ]
  })
}
