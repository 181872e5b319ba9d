import { type Kysely, sql } from 'kysely'
import { publishedValues } from '../figures/published-queries.ts'
import { actAsOwner } from '../io/database/acting.ts'
import type { Database } from '../io/database/schema.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { MEASURES, type Measure } from '../pure/figures/measure.ts'
import { figureKey, type Vintage, vintages } from '../pure/figures/vintage.ts'
import { TITLES, type Title } from '../pure/law/title.ts'

/** Which published values a reader wants to see the history of; an absent member means all. */
export interface FigureRequest {
  measure: Measure
  title?: Title | undefined
  place?: string | undefined
  period?: string | undefined
}

/** Series beyond which a history is told of one place or one period at a time. */
const MOST_SERIES = 500

/**
 * Every value ever published for some figures, with what became of each, the newest period first; `undefined` when they
 * are so many that a place or a period must be chosen first.
 */
export async function figureVintages(
  db: Kysely<Database>,
  { measure, title, place, period }: FigureRequest,
): Promise<Vintage[] | undefined> {
  const all = place === undefined ? await seriesOf(db, measure) : [{ code: place }]
  if (period === undefined && all.length > MOST_SERIES) return undefined
  const places = [...new Set(all.map(one => one.code))]
  if (places.length === 0) return []
  const rows = await publishedValues(db, {
    measure,
    places,
    withWithdrawn: true,
    ...(title === undefined ? {} : { titles: [title] }),
    ...(period === undefined ? {} : { period }),
  })
  return vintages(rows.toSorted((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : 0)))
}

/** Titles and places for which a measure was told. */
function seriesOf(db: Kysely<Database>, measure: Measure) {
  return db
    .selectFrom('told_series')
    .innerJoin('place', 'place.code', 'told_series.place')
    .select(['told_series.title as title', 'place.code as code', 'place.name as name'])
    .distinct()
    .where('told_series.measure', '=', measure)
    .execute()
}

/** What can be chosen to follow a figure: its titles, its places, its periods. */
export interface FigureChoices {
  measures: Measure[]
  titles: Title[]
  places: { code: string; name: string }[]
  periods: string[]
}

/**
 * The measures that were published, and the titles, places and periods of one of them: the periods of a place, or of all
 * when they are few.
 */
export async function figureChoices(
  db: Kysely<Database>,
  measure: Measure,
  place: string | undefined,
): Promise<FigureChoices> {
  const [measures, series] = await Promise.all([
    sql<{ measure: string }>`
      select measure from unnest(${Object.keys(MEASURES)}::text[]) measure
       where exists (select from told_series t where t.measure = measure.measure)`
      .execute(db)
      .then(({ rows }) => rows),
    seriesOf(db, measure),
  ])
  const told = db
    .selectFrom('observation')
    .innerJoin('series', 'series.id', 'observation.series_id')
    .innerJoin('published_release', 'published_release.id', 'observation.release_id')
    .select('observation.period as period')
    .distinct()
    .where('series.measure', '=', measure)
    .orderBy('period', 'desc')
  const periods =
    place !== undefined
      ? await told.where('series.place', '=', place).execute()
      : series.length > MOST_SERIES
        ? []
        : await told.execute()
  const published = new Set(measures.map(row => row.measure))
  const titles = new Set(series.map(row => row.title))
  const names = new Map(series.map(row => [row.code, row.name]))
  return {
    measures: (Object.keys(MEASURES) as Measure[]).filter(one => published.has(one)),
    titles: TITLES.filter(title => titles.has(title)),
    places: [...names].map(([code, name]) => ({ code, name })),
    periods: periods.map(row => row.period),
  }
}

/**
 * The figures for which several values were published that nothing replaced, each with all its values. They are looked
 * for among those that several releases tell (`settled_value`): a release that stands alone contradicts nobody.
 */
export async function contestedFigures(db: Kysely<Database>): Promise<Vintage[][]> {
  const { rows: keys } = await actAsOwner(() =>
    sql<{ measure: Measure; place: string }>`
      select distinct s.measure, s.place
        from settled_value v
        join series s on s.id = v.series_id
        join observation o on o.series_id = v.series_id and o.period = v.period and o.value <> v.value
        join published_release r on r.id = o.release_id
       where v.told_until = 'infinity' and not exists (
         select from observation later
           join published_release l on l.id = later.release_id
          where later.series_id = o.series_id and later.period = o.period
            and l.source_id = r.source_id and l.kind <> 'initial'
            and (l.published_on, l.id) > (r.published_on, r.id))`.execute(db),
  )
  const byMeasure = groupBy(keys, key => key.measure)
  const rows = await Promise.all(
    [...byMeasure].map(([measure, some]) =>
      publishedValues(db, { measure, places: [...new Set(some.map(key => key.place))] }),
    ),
  )
  return [...groupBy(rows.flat(), figureKey).values()]
    .map(vintages)
    .filter(values => values.some(value => value.state === 'conflict'))
}
