import type { Quarter } from '../pure/calendar/period.ts'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import type { FileColumn } from '../pure/elements/column.ts'
import { Conflict, METHOD_WORDS, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import type { Notice } from '../pure/figures/vintage.ts'
import { frenchDay, frenchDays, frenchNumber, longQuarter, shortQuarter } from '../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'
import { FilterForm, placeFilter, quarterFilters } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Notices } from '../pure/pages/notice.tsx'
import { CertOutlookFigures, type CertOutlookView, PastTable } from './cert-outlook-figures.tsx'
import type { CertTitle } from './delay-queries.ts'
import type { Reconstruction, Supposition } from './reconstruction.ts'

/** A dated fact shown on the chart of a title. */
export interface ChartedFact {
  day: string
  label: string
}

interface DelaysPageProps {
  site: Site
  place: { code: string; name: string }
  /** The place when it is not the usual one: the menu takes it along. */
  carried: string | undefined
  places: readonly { code: string; name: string }[]
  titles: readonly Title[]
  title: Title | undefined
  series: readonly QuarterlySeries[]
  notices: readonly Notice[]
  quarters: readonly Quarter[]
  from: Quarter
  to: Quarter
  csv: string
  reasons: (series: QuarterlySeries) => { quarter: Quarter; lines: readonly ExplanationLine[] }[]
  facts: (series: QuarterlySeries) => readonly ChartedFact[]
  outlook: (series: QuarterlySeries) => CertOutlookView | { reason: string } | undefined
}

/** The committee's table, regenerated, then each title with its curve and its reasons. */
export function DelaysPage(props: DelaysPageProps) {
  const { site, place, places, titles, title, series, quarters, from, to, csv } = props
  const placeName = place.name
  const shown = [...new Set(series.flatMap(one => one.points.map(point => point.quarter)))].sort()
  return (
    <Page
      site={site}
      title="Délais de délivrance"
      path="/delais"
      place={props.carried}
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`Combien de jours pour délivrer un titre, ${placeName}, par trimestre. Plus bas, c’est mieux.`}
    >
      <FilterForm
        action="/delais"
        filters={[
          ...(places.length > 1 || props.carried !== undefined ? [placeFilter(place, places)] : []),
          {
            name: 'title',
            label: 'Titre',
            value: title ?? '',
            options: [
              { value: '', label: 'Tous' },
              ...titles.map(one => ({ value: one, label: TITLE_NAMES[one] })),
            ],
          },
          ...quarterFilters(from, to, quarters),
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState
          title="Aucun délai pour ces trimestres"
          reason="Choisissez d’autres trimestres, ou importez un fichier de délais."
          action={{ label: 'Importer un fichier', href: '/donnees' }}
        />
      ) : (
        <>
          <Table
            id="tableau-comite"
            caption={`Délais par titre, ${placeName}, du ${longQuarter(from)} au ${longQuarter(to)}, en jours`}
            csv={csv}
            rows={series}
            columns={[
              { label: 'Titre', cell: one => titleOf(one), names: true },
              {
                label: 'Objectif',
                cell: one => (one.targetDays === null ? '–' : days(one.targetDays)),
                file: [{ value: one => one.targetDays ?? undefined, unit: 'jours', type: 'number' }],
                numeric: true,
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
          <Notices notices={props.notices} placeName={() => placeName} />
          {series.map((one, i) => (
            <TitleSection
              series={one}
              id={`titre-${i}`}
              placeName={placeName}
              csv={csv}
              reasons={props.reasons(one)}
              facts={props.facts(one)}
              outlook={props.outlook(one)}
            />
          ))}
        </>
      )}
    </Page>
  )
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

function titleOf({ title }: QuarterlySeries): string {
  return title === '' ? 'Tous titres' : TITLE_NAMES[title]
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

function TitleSection({
  series,
  id,
  placeName,
  csv,
  reasons,
  facts,
  outlook,
}: {
  series: QuarterlySeries
  id: string
  placeName: string
  csv: string
  reasons: { quarter: Quarter; lines: readonly ExplanationLine[] }[]
  facts: readonly ChartedFact[]
  outlook: CertOutlookView | { reason: string } | undefined
}) {
  const name = titleOf(series)
  const last = series.points.at(-1)
  return (
    <section>
      <h2>{name}</h2>
      {series.points.flatMap(point =>
        point.conflicts.length > 0
          ? [
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
              />,
            ]
          : [],
      )}
      <FanChart
        id={id}
        title={finding(series)}
        subtitle={`${name}, ${placeName} : délai ${series.points[0]?.status === 'derived' ? 'calculé par trimestre' : 'par trimestre'}, ${CLOCKS[series.clock]}. Plus bas, c’est mieux.`}
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
        {...(series.targetDays === null || series.points[0] === undefined
          ? {}
          : { target: [{ from: series.points[0].quarter, value: series.targetDays }] })}
        events={facts}
        source={
          last
            ? `${last.source.publisher}, ${last.source.document}, publié le ${frenchDay(last.source.publishedOn)}`
            : ''
        }
        csv={csv}
      />
      {reasons.length > 0 && (
        <>
          <h3>Pourquoi</h3>
          {reasons.map(({ quarter, lines }) => (
            <Details summary={`${longQuarter(quarter)} : ${reasonTitle(series, quarter)}`} printed>
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
      )}
      {outlook !== undefined && <CertOutlookFigures id={`${id}-projection`} outlook={outlook} />}
    </section>
  )
}

function reasonTitle(series: QuarterlySeries, quarter: Quarter): string {
  const point = series.points.find(one => one.quarter === quarter)
  return point === undefined
    ? 'sans délai publié'
    : frenchDays(point.days, Number.isInteger(point.days) ? 0 : 1)
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

interface ReconstructionPageProps {
  site: Site
  placeName: string
  asked: Supposition & { title: CertTitle; stockOn: string }
  told: Reconstruction
  notTold: readonly string[]
  variants: Record<string, { label: string; supposition: Supposition }>
}

/** The past retold with volumes that the reader supposes, beside the published delays. */
export function ReconstructionPage({
  site,
  placeName,
  asked,
  told,
  notTold,
  variants,
}: ReconstructionPageProps) {
  const { title, stockOn, ...supposition } = asked
  const address = (other: Supposition) =>
    `/delais/reconstitution?${new URLSearchParams({ title, stockOn, ...Object.fromEntries(Object.entries(other).map(([name, value]) => [name, String(value)])) })}`
  const published = told.quarters.flatMap(({ quarter, publishedDays }) =>
    publishedDays === undefined ? [] : [{ quarter, days: publishedDays }],
  )
  return (
    <Page
      site={site}
      title="Rejouer le passé"
      path="/delais/reconstitution"
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Délais', href: '/delais' },
      ]}
      lead={`${TITLE_NAMES[title]}, ${placeName} : supposez les volumes, la file dit les délais qu’ils auraient donnés. Un bon accord ne prouve pas que l’hypothèse est vraie.`}
    >
      <form class="filters no-print" method="get" action="/delais/reconstitution">
        <input type="hidden" name="title" value={title} />
        <input type="hidden" name="stockOn" value={stockOn} />
        {SUPPOSED.map(({ name, label, kind, step }) => (
          <div class="fr-input-group filter">
            <label class="fr-label" for={`hypothese-${name}`}>
              {label}
            </label>
            <input
              class="fr-input"
              id={`hypothese-${name}`}
              name={name}
              type={kind}
              step={step}
              value={String(supposition[name])}
              required
            />
          </div>
        ))}
        <button class="fr-btn" type="submit">
          Rejouer
        </button>
      </form>
      <PastTable
        id="reconstitution"
        observed={published}
        past={[
          {
            label: 'Votre hypothèse',
            href: address(supposition),
            quarters: told.quarters,
            stock: told.stock,
          },
        ]}
      />
      <p>
        {told.worstGapDays === undefined
          ? 'Aucun délai publié à comparer.'
          : `Le plus grand écart avec un délai publié est de ${frenchDays(told.worstGapDays)}.`}
      </p>
      <h2>Ce que cela ne dit pas</h2>
      <ul>
        {notTold.map(one => (
          <li>{one}</li>
        ))}
      </ul>
      <h2>Deux histoires déjà écrites</h2>
      <ul>
        {Object.values(variants).map(({ label, supposition: other }) => (
          <li>
            <a href={address(other)}>{label}</a>
          </li>
        ))}
      </ul>
    </Page>
  )
}

const SUPPOSED = [
  { name: 'from', label: 'Premier jour de la file', kind: 'date', step: undefined },
  { name: 'startFiles', label: 'Dossiers en stock ce jour-là', kind: 'number', step: '1' },
  { name: 'startDays', label: 'Âge du plus ancien (jours)', kind: 'number', step: 'any' },
  { name: 'filesPerWorkingDay', label: 'Dossiers traités par jour ouvré', kind: 'number', step: 'any' },
  { name: 'injectionDay', label: 'Jour de l’afflux', kind: 'date', step: undefined },
  { name: 'injectionFiles', label: 'Dossiers entrés d’un coup', kind: 'number', step: '1' },
  { name: 'loadAfterInjection', label: 'Reçus ÷ traités après l’afflux', kind: 'number', step: 'any' },
  { name: 'expressShare', label: 'Part d’une voie rapide (0 à 1)', kind: 'number', step: 'any' },
] as const
