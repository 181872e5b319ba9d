import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { compareFrench, frenchCount, frenchDay, frenchDays, frenchInstant } from '../pure/french/french.ts'
import type { CalendarDay } from './calendar-feed.ts'
import { kindName } from './kinds.ts'
import { type NextPublication, nextPublication } from './rhythm.ts'
import type { PublishedSource } from './source-queries.ts'

/** What is read without anybody typing, in words. */
export interface DailyReading {
  name: string
  href: string
  last: string
  next: string
  /** What went wrong the last time; `undefined` when nothing did. */
  failure: string | undefined
}

/** What is expected of a source, in words. */
function nextWords(next: NextPublication): string {
  switch (next.state) {
    case 'expected':
      return `vers le ${frenchDay(next.day)}${marginWords(next)}`
    case 'late':
      return `attendue vers le ${frenchDay(next.day)}${marginWords(next)}, pas encore parue`
    case 'too-few':
      return 'trop peu de publications pour l’estimer'
    case 'irregular':
      return 'pas de rythme régulier'
    case 'silent':
      return 'plus rien depuis deux fois son plus long intervalle'
  }
}

function marginWords({ earliest, latest }: { earliest: Day; latest: Day }): string {
  return earliest === latest ? '' : ` (entre le ${frenchDay(earliest)} et le ${frenchDay(latest)})`
}

/** The expected publications as days of a calendar, the first to come first. */
export function expectedDays(
  sources: readonly PublishedSource[],
  { today, origin }: { today: Day; origin: string },
): CalendarDay[] {
  return sources
    .flatMap(({ publisher, kind, days, recordedAt }): CalendarDay[] => {
      const next = nextPublication(days, today)
      const last = days.at(-1)
      if (!('day' in next) || last === undefined) return []
      return [
        {
          uid: `urn:vigie-titres:publication:${kind}:${last}:${encodeURIComponent(publisher)}`,
          knownSince: recordedAt,
          day: next.day,
          summary: `Publication estimée : ${kindName(kind)}, ${publisher}`,
          description: `Jour estimé d’après le rythme de la source, qui ne l’a pas annoncé : une publication tous les ${frenchDays(next.everyDays, 0)}, la dernière le ${frenchDay(last)}. Prochaine : ${nextWords(next)}.`,
          address: `${origin}${paths.data()}#sources`,
        },
      ]
    })
    .sort((a, b) => (a.day === b.day ? compareFrench(a.summary, b.summary) : a.day < b.day ? -1 : 1))
}

/** What is known of the sources on a day. */
export interface SourceWatchProps {
  sources: readonly PublishedSource[]
  readings: readonly DailyReading[]
  today: Day
}

/** What came last from each source, what comes next, and what failed. */
export function SourceWatch({ sources, readings, today }: SourceWatchProps) {
  const rows = sources.map(source => ({ ...source, next: nextPublication(source.days, today) }))
  const expected = rows.filter(({ next }) => 'day' in next)
  const others = rows.filter(({ next }) => !('day' in next))
  return (
    <>
      <h2 id="sources">Sources</h2>
      <p>
        Aucune source ne déclare de calendrier : le jour attendu est estimé, d’après les intervalles entre ses
        dernières publications.{' '}
        <Link to={paths.apiExpected()}>Calendrier des publications attendues (iCalendar)</Link>
      </p>
      {readings.length > 0 && <Readings readings={readings} />}
      <Sources
        id="sources-attendues"
        caption="Sources dont une publication est attendue"
        rows={expected}
        empty="Aucune source n’a assez publié pour qu’un jour soit attendu."
      />
      {others.length > 0 && (
        <Details
          summary={`${frenchCount(others.length, 'source')} sans jour attendu : dernière publication de chacune`}
        >
          <Sources id="sources-autres" caption="Sources sans jour attendu" rows={others} empty="" />
        </Details>
      )}
    </>
  )
}

interface SourcesProps {
  id: string
  caption: string
  rows: readonly (PublishedSource & { next: NextPublication })[]
  empty: string
}

function Sources({ id, caption, rows, empty }: SourcesProps) {
  return (
    <Table
      id={id}
      caption={caption}
      rows={rows}
      empty={empty}
      columns={[
        { label: 'Source', cell: row => row.publisher },
        { label: 'Type de fichier', cell: row => kindName(row.kind) },
        { label: 'Dernière publication', cell: row => frenchDay(row.days.at(-1)!) },
        { label: 'Reçue ici', cell: row => frenchInstant(row.recordedAt) },
        { label: 'Prochaine', cell: row => nextWords(row.next) },
        { label: 'Fichiers', figure: row => row.files },
      ]}
    />
  )
}

const SHOWN_READINGS = 8

/** Those that failed first, since they are what somebody must look at. */
function Readings({ readings }: { readings: readonly DailyReading[] }) {
  const rows = readings.toSorted((a, b) => Number(b.failure !== undefined) - Number(a.failure !== undefined))
  const table = (id: string, caption: string, some: readonly DailyReading[]) => (
    <Table
      id={id}
      caption={caption}
      rows={some}
      columns={[
        {
          label: 'Nom',
          cell: row => <Link to={row.href}>{row.name}</Link>,
          file: [{ value: row => row.name, type: 'text' }],
        },
        { label: 'Dernier', cell: row => row.last },
        { label: 'Prochain', cell: row => row.next },
        { label: 'Ce qui a échoué', cell: row => row.failure ?? 'rien' },
      ]}
    />
  )
  return (
    <>
      {table('sources-relevees', 'Relevés automatiques', rows.slice(0, SHOWN_READINGS))}
      {rows.length > SHOWN_READINGS && (
        <Details
          summary={frenchCount(
            rows.length - SHOWN_READINGS,
            'autre relevé automatique',
            'autres relevés automatiques',
          )}
        >
          {table('sources-relevees-autres', 'Autres relevés automatiques', rows.slice(SHOWN_READINGS))}
        </Details>
      )}
    </>
  )
}
