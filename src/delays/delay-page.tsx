import type { KnownPlace } from '../places/place-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import type { FileColumn } from '../pure/elements/column.ts'
import { METHOD_WORDS, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { CLOCKS, STATISTIC_WORDS } from '../pure/figures/measure.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import type { Notice } from '../pure/figures/vintage.ts'
import {
  frenchDay,
  frenchDays,
  frenchList,
  frenchNumber,
  frenchPeriod,
  frenchToldDay,
  longQuarter,
  shortQuarter,
} from '../pure/french/french.ts'
import { TITLE_ADDRESSES, TITLE_NAMES, type Title } from '../pure/law/title.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { type DelayNow, delayToday } from './delay-now.ts'
import { delaysSentence, range } from './delay-now-figures.tsx'
import { type OtherMeasure, OtherMeasures } from './other-measures.tsx'

/** Why a quarter was what it was. */
export interface Reasons {
  quarter: Quarter
  lines: readonly ExplanationLine[]
}

/** What the pages of delays share: the place, the quarters, and how far they go. */
export interface DelayChoice {
  site: Site
  place: Pick<KnownPlace, 'code' | 'name' | 'kind'>
  /** The place that was chosen: a town, whose titles are made for its department. */
  chosen: { code: string; name: string }
  /** The place when it is not the usual one: the menu takes it along. */
  carried: string | undefined
  /** A day replayed; absent for the present one. */
  asOf: Day | undefined
  places: readonly { code: string; name: string }[]
  quarters: readonly Quarter[]
  from: Quarter
  to: Quarter
  /** Whether nothing stands in the quarters asked for. */
  missed: boolean
  notices: readonly Notice[]
  /** Whose figures these are, where they are not those of the place. */
  says: readonly string[]
  others: readonly OtherMeasure[]
}

interface DelaysPageProps extends DelayChoice {
  series: readonly QuarterlySeries[]
  /** The delay of the day of each title of which something is known. */
  told: ReadonlyMap<Title, { now: DelayNow; targetDays: number | undefined }>
  csv: string
  /** The quarters above their target, each title's in order of time, with what made them so. */
  late: (series: QuarterlySeries) => readonly Reasons[]
  /** Address of the page of a title, with the choices of this one. */
  addressOf: (series: QuarterlySeries) => string
}

/** The titles of a place on one scale, why targets were missed, and the committee's table; the rest is a page a title. */
export function DelaysPage(props: DelaysPageProps) {
  const { series, place, places, quarters, from, to } = props
  const shown = [...new Set(series.flatMap(one => one.points.map(point => point.quarter)))].sort()
  return (
    <Page
      site={props.site}
      title="Délais de délivrance"
      path={paths.delays()}
      place={props.carried}
      trail={[]}
      lead={
        props.told.size === 0
          ? `Aucun délai publié, ${place.name}.`
          : delaysSentence(props.told, place.name, props.asOf)
      }
    >
      <FilterForm
        action={paths.delays()}
        missed={props.missed}
        filters={[
          ...(places.length > 1 || props.carried !== undefined ? [placeFilter(props.chosen, places)] : []),
          ...quarterFilters(from, to, quarters),
        ]}
      />
      {props.says.map(words => (
        <p>{words}</p>
      ))}
      {shown.length > 0 && <p>Derniers délais publiés. {verdict(series, place.name)}</p>}
      {shown.length === 0 && props.told.size === 0 ? (
        <EmptyState
          title="Aucun délai pour ces trimestres"
          reason="Choisissez d’autres trimestres, ou importez un fichier de délais."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      ) : (
        <>
          {shown.length > 0 && <TitlesAtAGlance {...props} />}
          <Missed {...props} />
          {shown.length === 0 && <EveryGrain {...props} />}
          {shown.length > 0 && (
            <Table
              id="tableau-comite"
              caption={`Délais par titre, ${place.name}, du ${longQuarter(from)} au ${longQuarter(to)}, en jours`}
              csv={props.csv}
              rows={series}
              columns={[
                {
                  label: 'Titre',
                  cell: one => <a href={props.addressOf(one)}>{titleOf(one)}</a>,
                  file: [{ value: titleOf }],
                  names: true,
                },
                {
                  label: 'Objectif',
                  cell: one => (one.targetDays === null ? '–' : days(one.targetDays)),
                  file: [{ value: one => one.targetDays ?? undefined, unit: 'jours', type: 'number' }],
                  numeric: true,
                },
                {
                  label: `${props.asOf === undefined ? 'Aujourd’hui' : `Le ${frenchDay(props.asOf)}`} (estimé)`,
                  numeric: true,
                  cell: one => todayWords(props.told, one),
                  file: [
                    {
                      value: one => {
                        const found = one.title === '' ? undefined : props.told.get(one.title)
                        return found && delayToday(found.now, found.targetDays).median
                      },
                      unit: 'jours',
                      type: 'number',
                      decimals: 0,
                    },
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
          )}
          <OtherMeasures rows={props.others} />
          <p class="no-print">
            <a
              class="fr-link"
              href={place.kind === 'cert' ? paths.certs({ cert: place.code }) : paths.certs()}
            >
              Ce que le centre (CERT) reçoit, décide et garde en stock
            </a>
          </p>
          <Notices notices={props.notices} placeName={() => place.name} />
        </>
      )}
    </Page>
  )
}

/** What is published of a place in months and years alone, beside the estimates of the day. */
function EveryGrain({ told, place, asOf }: DelaysPageProps) {
  const facts = [...new Set([...told.values()].flatMap(({ now }) => now.facts))]
    .filter(fact => fact.place !== 'FR' || place.code === 'FR')
    .sort((a, b) => b.period.localeCompare(a.period) || a.title.localeCompare(b.title))
  return (
    <>
      <Table
        id="delais-du-jour"
        caption={`Délais estimés ${frenchToldDay(asOf)}, ${place.name}, en jours`}
        rows={[...told]}
        columns={[
          {
            label: 'Titre',
            cell: ([title]) => (
              <a href={paths.titleDelays({ titre: TITLE_ADDRESSES[title], place: place.code })}>
                {TITLE_NAMES[title]}
              </a>
            ),
            file: [{ value: ([title]) => TITLE_NAMES[title] }],
            names: true,
          },
          { label: 'Médiane', figure: ([, one]) => delayToday(one.now).median, decimals: 0 },
          { label: '9 chances sur 10', cell: ([, one]) => range(delayToday(one.now)) },
        ]}
      />
      <Table
        id="delais-publies"
        caption={`Délais publiés, ${place.name}, mois, trimestres et années`}
        rows={facts}
        empty={`Aucun délai publié, ${place.name} : les estimations viennent de la France entière.`}
        columns={[
          { label: 'Période', cell: fact => frenchPeriod(fact.period) },
          { label: 'Titre', cell: fact => TITLE_NAMES[fact.title] },
          { label: 'Jours', figure: fact => fact.days },
          { label: 'Ce qui est mesuré', cell: fact => CLOCKS[fact.clock] },
          { label: 'Source', cell: fact => `${fact.source}, publié le ${frenchDay(fact.publishedOn)}` },
        ]}
      />
    </>
  )
}

function todayWords(told: DelaysPageProps['told'], { title }: QuarterlySeries): string {
  const found = title === '' ? undefined : told.get(title)
  if (found === undefined) return 'n. d.'
  const band = delayToday(found.now, found.targetDays)
  return `${frenchNumber(band.median ?? 0, 0)} (${range(band)})`
}

function TitlesAtAGlance({ series, addressOf }: DelaysPageProps) {
  const documents = [...new Set(series.flatMap(one => one.points.at(-1)?.source.document ?? []))]
  return (
    <SmallMultiples
      id="titres"
      title="Chaque titre, à la même échelle"
      subtitle={`Délai en jours, ${frenchList([...new Set(series.map(one => CLOCKS[one.clock]))])}. Plus bas, c’est mieux. Un titre mène à sa page : causes, projection, nombres.`}
      quantity="day"
      source={frenchList(documents)}
      fans={series.map(one => {
        const first = one.points[0]?.quarter
        const last = one.points.at(-1)
        const late = last !== undefined && isMissed(last, one.targetDays)
        return {
          key: one.title === '' ? 'tous' : one.title,
          name: titleOf(one),
          href: addressOf(one),
          ...(last === undefined ? {} : { figure: `${frenchDays(last.days, 0)}${late ? ' ▲' : ''}` }),
          observed: one.points.map(point => ({ quarter: point.quarter, value: point.days })),
          ...(first === undefined || one.targetDays === null
            ? {}
            : { target: [{ from: first, value: one.targetDays }] }),
        }
      })}
    />
  )
}

function Missed({ series, late: reasons, addressOf }: DelaysPageProps) {
  const late = series.flatMap(one => {
    const quarters = reasons(one)
    return quarters.length === 0 ? [] : [{ one, quarters }]
  })
  if (late.length === 0) return null
  return (
    <>
      <h2>Pourquoi l’objectif a été dépassé</h2>
      {late.map(({ one, quarters }) => (
        <section>
          <h3>
            <a href={addressOf(one)}>{titleOf(one)}</a>
          </h3>
          <dl>
            {toldOnce(quarters).map(({ quarter, lines }) => (
              <>
                <dt>{quarterWords(one, quarter)}</dt>
                {lines.map(line => (
                  <dd>{line.text}</dd>
                ))}
              </>
            ))}
          </dl>
        </section>
      ))}
    </>
  )
}

/** The reasons of several quarters, each sentence at the first of them that it explains. */
export function toldOnce(reasons: readonly Reasons[]): Reasons[] {
  const told = new Set<string>()
  return reasons.map(({ quarter, lines }) => {
    const fresh = lines.filter(line => !told.has(line.text))
    for (const line of fresh) told.add(line.text)
    return { quarter, lines: fresh }
  })
}

/** A quarter with its delay: `2e trimestre 2021 : 28 jours`. */
export function quarterWords(series: QuarterlySeries, quarter: Quarter): string {
  const point = series.points.find(one => one.quarter === quarter)
  const delay =
    point === undefined ? 'sans délai publié' : frenchDays(point.days, Number.isInteger(point.days) ? 0 : 1)
  return `${longQuarter(quarter)} : ${delay}`
}

/** Whether a delay is above its target. */
export function isMissed(point: QuarterPoint, target: number | null): boolean {
  return target !== null && point.days > target
}

/** What the last quarter of each title says of its target, in one or two sentences. */
export function verdict(series: readonly QuarterlySeries[], placeName: string): string {
  const aimed = series.flatMap(one => {
    const last = one.points.at(-1)
    return last === undefined || one.targetDays === null ? [] : [{ one, last, target: one.targetDays }]
  })
  if (aimed.length === 0) return `${placeName} : aucun objectif n’est publié avec ces délais.`
  const late = aimed.filter(({ last, target }) => last.days > target)
  const when = longQuarter(
    aimed
      .map(({ last }) => last.quarter)
      .sort()
      .at(-1)!,
  )
  if (late.length === 0)
    return `${placeName}, au ${when} : l’objectif de délai est tenu pour ${aimed.length === 1 ? 'le seul titre qui en a un' : `les ${aimed.length} titres qui en ont un`}.`
  const named = late.map(
    ({ one, last, target }) =>
      `${titleOf(one).toLowerCase()} (${frenchDays(last.days, 0)} pour ${days(target)})`,
  )
  return `${placeName}, au ${when} : l’objectif est dépassé pour ${late.length} des ${aimed.length} titres qui en ont un, ${frenchList(named)}.`
}

/** A quarter in a file: the value, and apart what the page says beside it. */
function quarterFile(quarter: Quarter): FileColumn<QuarterlySeries>[] {
  const pointOf = (one: QuarterlySeries) => one.points.find(point => point.quarter === quarter)
  const heading = shortQuarter(quarter)
  return [
    { value: one => pointOf(one)?.days, unit: 'jours', type: 'number', decimals: 1 },
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
    {
      label: `${heading}, valeurs publiées`,
      value: one => {
        const point = pointOf(one)
        return point && 1 + point.conflicts.length
      },
      type: 'number',
    },
  ]
}

/** The years of a file: each in a column of its own, and apart the rule that made it. */
function yearFile(series: readonly QuarterlySeries[]): FileColumn<QuarterlySeries>[] {
  const years = [...new Set(series.flatMap(one => one.years.map(({ year }) => year)))].sort()
  return years.flatMap(year => {
    const of = (one: QuarterlySeries) => one.years.find(known => known.year === year)
    return [
      {
        label: String(year),
        value: (one: QuarterlySeries) => of(one)?.days,
        unit: 'jours',
        type: 'number' as const,
        decimals: 1,
      },
    ]
  })
}

/** The title of a series, or the words for all of them; its statistic when it is no mean. */
export function titleOf({ title, statistic }: QuarterlySeries): string {
  const name = title === '' ? 'Tous titres' : TITLE_NAMES[title]
  return statistic === 'mean' ? name : `${name}, ${STATISTIC_WORDS[statistic].split(' :')[0]}`
}

function days(value: number): string {
  return frenchNumber(value, Number.isInteger(value) ? 0 : 1)
}

function Cell({ point, target }: { point: QuarterPoint | undefined; target: number | null }) {
  if (point === undefined) return <>n. d.</>
  return (
    <>
      {days(point.days)}
      {target !== null && point.days > target ? ' ▲' : ''}
      {point.conflicts.length > 0 ? ' *' : ''}
    </>
  )
}

function Years({ series }: { series: QuarterlySeries }) {
  if (series.years.length === 0) return <>n. d.</>
  return (
    <ul class="plain">
      {series.years.map(({ year, days: value, method }) => (
        <li>
          {year} :{' '}
          {frenchNumber(value, method === 'mean-of-quarters' && !Number.isInteger(value * 10) ? 2 : 1)} (
          {METHOD_WORDS[method]})
        </li>
      ))}
    </ul>
  )
}
