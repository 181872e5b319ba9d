import { bandColumn } from '../figures/projection-figures.tsx'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { type FileColumn, numberFile } from '../pure/elements/column.ts'
import { METHOD_WORDS, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchBareQuantity,
  frenchDay,
  frenchNumber,
  longQuarter,
  shortQuarter,
} from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { type DelayNow, delayToday, nextDelay } from './delay-now.ts'
import { range } from './delay-now-figures.tsx'
import { isMissed, titleOf } from './delay-words.ts'

/** The delay of the day of each title of which something is known, and what it is aimed at. */
export type DelaysTold = ReadonlyMap<Title, { now: DelayNow; targetDays: number | undefined }>

interface DelayTableProps {
  placeName: string
  from: Quarter
  to: Quarter
  asOf: Day | undefined
  /** The quarters of which something is published. */
  shown: readonly Quarter[]
  series: readonly QuarterlySeries[]
  told: DelaysTold
  csv: string
  addressOf: (series: QuarterlySeries) => string
}

/** The committee's table: the delay of each title in each quarter, its target, and what the delay is today. */
export function DelayTable({
  placeName,
  from,
  to,
  asOf,
  shown,
  series,
  told,
  csv,
  addressOf,
}: DelayTableProps) {
  return (
    <Table
      id="tableau-comite"
      caption={`Délais par titre, ${placeName}, du ${longQuarter(from)} au ${longQuarter(to)}, en jours`}
      csv={csv}
      rows={series}
      columns={[
        {
          label: 'Titre',
          cell: one => <a href={addressOf(one)}>{titleOf(one)}</a>,
          file: [{ value: titleOf }],
          names: true,
        },
        {
          label: 'Objectif',
          cell: one => (one.targetDays === null ? '–' : frenchBareQuantity(one.targetDays, 'day')),
          file: [numberFile((one: QuarterlySeries) => one.targetDays ?? undefined, { unit: 'jours' })],
          numeric: true,
        },
        {
          label: `${asOf === undefined ? 'Aujourd’hui' : `Le ${frenchDay(asOf)}`} (estimé)`,
          numeric: true,
          cell: one => todayWords(todayOf(told, one)),
          file: [
            ...bandFile(`${asOf === undefined ? 'Aujourd’hui' : frenchDay(asOf)} (estimé)`, one =>
              todayOf(told, one),
            ),
            ...bandFile('Trimestre suivant (estimé)', ({ title }) => {
              const now = title === '' ? undefined : told.get(title)?.now
              return now && nextDelay(now).band
            }),
          ],
        },
        ...shown.map(quarter => ({
          label: shortQuarter(quarter),
          numeric: true,
          file: quarterFile(quarter),
          cell: (one: QuarterlySeries) => (
            <Cell point={one.points.find(p => p.quarter === quarter)} target={one.targetDays} />
          ),
        })),
        { label: 'Année', cell: one => <Years series={one} />, file: yearFile(series) },
      ]}
      note="▲ : au-dessus de l’objectif. * : plusieurs valeurs publiées. Les titres de séjour sont publiés par mois : le trimestre est leur moyenne simple."
    />
  )
}

function todayOf(told: DelaysTold, { title }: QuarterlySeries): PathBand | undefined {
  const found = title === '' ? undefined : told.get(title)
  return found && delayToday(found.now, found.targetDays)
}

/** An estimate in a file: its median, and where nine futures of ten lie. */
function bandFile(label: string, of: (one: QuarterlySeries) => PathBand | undefined) {
  const median = numberFile((one: QuarterlySeries) => of(one)?.median, { label, unit: 'jours', decimals: 0 })
  return [median, ...bandColumn(`${label}, ${NINE_IN_TEN}`, of).file]
}

function todayWords(band: PathBand | undefined): string {
  return band === undefined ? 'non estimé' : `${frenchNumber(band.median ?? 0, 0)} (${range(band)})`
}

/** A quarter in a file: the value, and apart what the page says beside it. */
function quarterFile(quarter: Quarter): FileColumn<QuarterlySeries>[] {
  const pointOf = (one: QuarterlySeries) => one.points.find(point => point.quarter === quarter)
  const heading = shortQuarter(quarter)
  return [
    numberFile(one => pointOf(one)?.days, { unit: 'jours', decimals: 1 }),
    {
      label: `${heading}, nature`,
      value: one => {
        const point = pointOf(one)
        return point && STATUS_WORDS[point.status]
      },
    },
    {
      label: `${heading}, objectif`,
      value: one => {
        const point = pointOf(one)
        if (point === undefined || one.targetDays === null) return undefined
        return point.days > one.targetDays ? 'dépassé' : 'tenu'
      },
    },
    numberFile(one => countOf(pointOf(one)), { label: `${heading}, valeurs publiées` }),
  ]
}

function countOf(point: QuarterPoint | undefined): number | undefined {
  return point && 1 + point.conflicts.length
}

/** The years of a file, each in a column of its own. */
function yearFile(series: readonly QuarterlySeries[]): FileColumn<QuarterlySeries>[] {
  const years = [...new Set(series.flatMap(one => one.years.map(({ year }) => year)))].sort()
  return years.map(year => {
    const terms = { label: String(year), unit: 'jours', decimals: 1 }
    return numberFile(one => one.years.find(known => known.year === year)?.days, terms)
  })
}

function Cell({ point, target }: { point: QuarterPoint | undefined; target: number | null }) {
  if (point === undefined) return <>non publié</>
  return (
    <>
      {frenchBareQuantity(point.days, 'day')}
      {isMissed(point, target) ? ' ▲' : ''}
      {point.conflicts.length > 0 ? ' *' : ''}
    </>
  )
}

/** Each year's figure, once for all the ways in which it was made that tell the same one. */
function Years({ series }: { series: QuarterlySeries }) {
  const told = groupBy(series.years, ({ year, days: value }) => `${year} : ${frenchNumber(value, 1)}`)
  if (told.size === 0) return <>non publiée</>
  return (
    <ul class="plain">
      {[...told].map(([figure, made]) => (
        <li>
          {figure} ({made.map(({ method }) => METHOD_WORDS[method]).join(' ; ')})
        </li>
      ))}
    </ul>
  )
}
