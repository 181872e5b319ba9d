import { paths } from '../pure/access/paths.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import type { DatedEvent } from '../pure/charts/fan.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { Conflict } from '../pure/elements/key-figure.tsx'
import { Links } from '../pure/elements/links.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import type { NamedLink } from '../pure/elements/named-link.ts'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchDay, frenchDays, longQuarter, shortQuarter } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { CertOutlookFigures, type CertOutlookView } from './cert-outlook-figures.tsx'
import type { DelayNow } from './delay-now.ts'
import { DelayNowFigures } from './delay-now-figures.tsx'
import { type DelayChoice, DelayFilters } from './delay-page.tsx'
import { isMissed, quarterWords, type Reasons, titleOf, toldOnce } from './delay-words.ts'
import { OtherMeasures } from './other-measures.tsx'

type ToldDelayProps = { now: DelayNow; targetDays: number | undefined; by: { name: string } | undefined }

interface TitlePageProps extends DelayChoice {
  title: Title
  name: string
  path: string
  /** A series on each clock that the title is published on. */
  series: readonly QuarterlySeries[]
  csv: string
  reasons: (series: QuarterlySeries) => readonly Reasons[]
  facts: readonly DatedEvent[]
  /** The delay of the day; `undefined` where nothing published speaks of it. */
  told: ToldDelayProps | undefined
  outlook: CertOutlookView | { reason: string } | undefined
  /** The pages of the other titles. */
  otherTitles: readonly NamedLink[]
  /** The overview, with the choices of this page. */
  overview: string
}

/** One title: its curve, why each quarter was what it was, and where its delay goes if nothing changes. */
export function TitlePage(props: TitlePageProps) {
  const { name, place, series, outlook, otherTitles } = props
  return (
    <Page
      title={name}
      path={props.path}
      place={props.carried}
      about={props.title}
      sheets={2}
      trail={[{ label: 'Délais de délivrance', href: props.overview }]}
    >
      <DelayFilters {...props} action={props.path} />
      {props.told !== undefined && (
        <DelayNowFigures
          {...props.told}
          placeName={place.name}
          replayed={props.asOf}
          observed={observedOf(series, props.told)}
        />
      )}
      {series.length === 0 && props.told === undefined && (
        <EmptyState
          title="Aucun délai publié pour ce titre, ce lieu et ces trimestres"
          reason="Choisissez un autre lieu ou d’autres trimestres, ou importez un fichier de délais."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      )}
      <OtherMeasures rows={props.others} />
      <Notices notices={props.notices} placeName={() => place.name} />
      {series.map((one, i) => (
        <Past {...props} series={one} id={`titre-${i}`} />
      ))}
      {outlook !== undefined && !('reason' in outlook) && (
        <CertOutlookFigures id="projection" outlook={outlook} />
      )}
      <nav class="no-print" aria-label="Autres titres">
        <h2>Les autres titres</h2>
        <Links to={otherTitles} class="in-line" />
      </nav>
    </Page>
  )
}

/** The quarters published on the clock that is told. */
function observedOf(series: readonly QuarterlySeries[], { now }: ToldDelayProps) {
  return (series.find(one => one.clock === now.clock) ?? series[0])?.points ?? []
}

function Past({
  id,
  series,
  place,
  csv,
  reasons,
  facts,
}: Omit<TitlePageProps, 'series'> & { id: string; series: QuarterlySeries }) {
  const name = titleOf(series)
  const last = series.points.at(-1)
  // What is unfolded is told first: a quarter that kept its target does not take its words from one that did not.
  const late = reasons(series).filter(({ quarter }) => isLate(series, quarter))
  const kept = reasons(series).filter(({ quarter }) => !isLate(series, quarter))
  const told = toldOnce([...late, ...kept]).sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
  return (
    <>
      {series.points.map(
        point =>
          point.conflicts.length > 0 && (
            <Conflict
              label={`${name}, ${shortQuarter(point.quarter)}`}
              quantity="day"
              kept={{
                value: point.days,
                source: point.source.document,
                publishedOn: point.source.publishedOn,
              }}
              others={point.conflicts.map(({ days: value, source }) => ({
                value,
                source: source.document,
                publishedOn: source.publishedOn,
              }))}
            />
          ),
      )}
      <FanChart
        id={id}
        title={finding(series)}
        subtitle={`${name}, ${place.name} : délai ${series.points[0]?.status === 'derived' ? 'calculé par trimestre' : 'par trimestre'}, ${CLOCKS[series.clock]}. Plus bas, c’est mieux.`}
        quantity="day"
        observed={series.points.map(point => ({
          quarter: point.quarter,
          value: point.days,
          status: point.status,
          conflicts: point.conflicts.map(conflict => ({
            value: conflict.days,
            source: conflict.source.document,
          })),
        }))}
        target={
          series.targetDays === null || series.points[0] === undefined
            ? []
            : [{ from: series.points[0].quarter, value: series.targetDays }]
        }
        events={facts}
        source={
          last
            ? `${last.source.publisher}, ${last.source.document}, publié le ${frenchDay(last.source.publishedOn)}`
            : ''
        }
        csv={csv}
      />
      {told.length > 0 && <h2>Pourquoi</h2>}
      {told.map(({ quarter, lines }) => (
        <Details
          summary={quarterWords(series, quarter)}
          open={isLate(series, quarter)}
          printed="on-two-sheets"
        >
          <dl>
            {lines.map(line => (
              <>
                <dt>{line.title}</dt>
                <dd>{line.text}</dd>
              </>
            ))}
          </dl>
        </Details>
      ))}
    </>
  )
}

function isLate(series: QuarterlySeries, quarter: Quarter): boolean {
  return series.points.some(point => point.quarter === quarter && isMissed(point, series.targetDays))
}

/** What the curve says, in one sentence. */
function finding(series: QuarterlySeries): string {
  const [first, last] = [series.points[0], series.points.at(-1)]
  if (first === undefined || last === undefined) return 'Aucun délai publié'
  const worst = series.points.reduce((a, b) => (b.days > a.days ? b : a))
  const target = series.targetDays
  const late = target === null ? [] : series.points.filter(point => point.days > target)
  if (target !== null && late.length === 0)
    return `Objectif de ${frenchDays(target, 0)} tenu à chaque trimestre`
  if (late[0] !== undefined) {
    return `Objectif dépassé à partir du ${longQuarter(late[0].quarter)}, ${frenchDays(worst.days, 0)} au plus haut`
  }
  if (first === last) return `${frenchDays(first.days, 1)} au ${longQuarter(first.quarter)}`
  return `De ${frenchDays(first.days, 0)} à ${frenchDays(last.days, 0)} entre ${shortQuarter(first.quarter)} et ${shortQuarter(last.quarter)}`
}
