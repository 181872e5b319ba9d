import { bandColumn, medianColumn } from '../figures/projection-figures.tsx'
import type { KnownPlace } from '../places/place-queries.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import type { Notice } from '../pure/figures/vintage.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchDay, frenchDays, frenchList, frenchPeriod, frenchToldDay } from '../pure/french/french.ts'
import { TITLE_ADDRESSES, TITLE_NAMES } from '../pure/law/title.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { delayToday } from './delay-now.ts'
import { delaysSentence } from './delay-now-figures.tsx'
import { type DelaysTold, DelayTable } from './delay-table.tsx'
import { isMissed, quarterWords, type Reasons, titleOf, toldOnce, verdict } from './delay-words.ts'
import { type OtherMeasure, OtherMeasures } from './other-measures.tsx'

/** What the pages of delays share: the place, the quarters, and how far they go. */
export interface DelayChoice {
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
  told: DelaysTold
  csv: string
  /** The quarters above their target, each title's in order of time, with what made them so. */
  late: (series: QuarterlySeries) => readonly Reasons[]
  /** Address of the page of a title, with the choices of this one. */
  addressOf: (series: QuarterlySeries) => string
}

/** The titles of a place on one scale, why targets were missed, and the committee's table; the rest is a page a title. */
export function DelaysPage(props: DelaysPageProps) {
  const { series, place } = props
  const shown = [...new Set(series.flatMap(one => one.points.map(point => point.quarter)))].sort()
  return (
    <Page
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
      <DelayFilters {...props} action={paths.delays()} />
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
          {shown.length > 0 && <DelayTable {...props} placeName={place.name} shown={shown} />}
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

/** The place and the quarters of a page of delays, and whose figures it tells. */
export function DelayFilters(props: DelayChoice & { action: string }) {
  const { places, from, to, quarters } = props
  return (
    <>
      <FilterForm
        action={props.action}
        missed={props.missed}
        filters={[
          ...(places.length > 1 || props.carried !== undefined ? [placeFilter(props.chosen, places)] : []),
          ...quarterFilters(from, to, quarters),
        ]}
      />
      {props.says.map(words => (
        <p>{words}</p>
      ))}
    </>
  )
}

/** What is published of a place in months and years alone, beside the estimates of the day. */
function EveryGrain({ told, place, asOf }: DelaysPageProps) {
  const rows = [...told]
  const facts = [...new Set([...told.values()].flatMap(({ now }) => now.facts))]
    .filter(fact => fact.place !== 'FR' || place.code === 'FR')
    .sort((a, b) => b.period.localeCompare(a.period) || a.title.localeCompare(b.title))
  return (
    <>
      <h2>Titre par titre</h2>
      <Table
        id="delais-du-jour"
        caption={`Délais estimés ${frenchToldDay(asOf)}, ${place.name}, en jours`}
        rows={rows}
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
          medianColumn<(typeof rows)[0]>('Médiane', ([, one]) => delayToday(one.now)),
          bandColumn<(typeof rows)[0]>(NINE_IN_TEN, ([, one]) => delayToday(one.now)),
        ]}
      />
      {facts.length === 0 ? (
        <p>Aucun délai publié, {place.name} : les estimations viennent de la France entière.</p>
      ) : (
        <Table
          id="delais-publies"
          caption={`Délais publiés, ${place.name}, mois, trimestres et années`}
          rows={facts}
          columns={[
            { label: 'Période', cell: fact => frenchPeriod(fact.period) },
            { label: 'Titre', cell: fact => TITLE_NAMES[fact.title] },
            { label: 'Jours', figure: fact => fact.days },
            { label: 'Ce qui est mesuré', cell: fact => CLOCKS[fact.clock] },
            { label: 'Source', cell: fact => `${fact.source}, publié le ${frenchDay(fact.publishedOn)}` },
          ]}
        />
      )}
    </>
  )
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
          figure: last && `${frenchDays(last.days, 0)}${late ? ' ▲' : ''}`,
          observed: one.points.map(point => ({ quarter: point.quarter, value: point.days })),
          target:
            first === undefined || one.targetDays === null
              ? undefined
              : [{ from: first, value: one.targetDays }],
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
