import type { Day } from '../pure/calendar/day.ts'
import { type Month, monthsBetween, quartersBetween } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { MEASURES, type Measure } from '../pure/figures/measure.ts'
import { type PublishedRow, settle } from '../pure/figures/observation.ts'
import { frenchPeriod } from '../pure/french/french.ts'
import { TITLE_NAMES, TITLES, type Title } from '../pure/law/title.ts'
import { type Difference, differencesIn } from './difference.ts'
import {
  earlyNextYear,
  inReport,
  type ReportLine,
  type ReportTable,
  type ReportValue,
} from './report-table.ts'

/** Measures that a committee report reads. */
export const COMMITTEE_MEASURES = [
  'issuance-delay',
  'appointment-wait',
  'decisions',
  'calls-lost',
  'calls-received',
  'calls-answered-rate',
  'site-visits',
  'population',
  'site-visit-rate',
  'twitter-engagements',
  'facebook-engagements',
  'twitter-impressions',
  'facebook-impressions',
  'social-engagement-rate',
  'agent-productivity',
  'stock',
  'equipped-town-halls',
] as const satisfies Measure[]

/** Every table of a committee's report for one year, made again from the figures published. */
export interface CommitteeTables {
  year: number
  tables: ReportTable[]
  differences: Difference[]
  /** Gaps that rounding alone does not explain, too small to change a reading. */
  smallGaps: Difference[]
  sources: string[]
  lastPublishedOn: Day | null
}

interface Figures {
  find: (measure: Measure, period: string, title?: Title | '') => ReportValue
  all: readonly PublishedRow[]
}

/** Makes the tables of a committee's report for a year, and lists what does not agree. */
export function committeeTables(published: readonly PublishedRow[], year: number): CommitteeTables {
  const figures = figuresOf(published)
  const until = lastMonthAfter(published, year)
  const known = published.some(row => row.period.startsWith(String(year)))
  const all = [
    delaysTable(figures, year),
    waitsTable(figures, year),
    ...(['residence-first', 'residence-renewal'] as const).map(title => residenceTable(figures, year, title)),
    ...rateTables(year, until).map(table => rateTable(figures, table)),
    singleFigures(figures, year),
  ]
  // What came early in the next year only follows what is known of the year itself.
  const tables = known
    ? all.filter(table => table.lines.some(line => line.values.some(one => one.value !== null)))
    : []
  const used = published.filter(row => inReport(row, year))
  return {
    year,
    tables,
    ...differencesIn(published, tables, year),
    sources: [...new Set(used.map(row => `${row.source}, ${row.document}`))],
    lastPublishedOn:
      used
        .map(row => row.publishedOn)
        .sort()
        .at(-1) ?? null,
  }
}

function figuresOf(published: readonly PublishedRow[]): Figures {
  const cells = groupBy(
    published.filter(row => row.variant === ''),
    row => `${row.measure}|${row.title}|${row.period}`,
  )
  return {
    all: published,
    find: (measure, period, title = '') => {
      const figure = settle(cells.get(`${measure}|${title}|${period}`) ?? [])
      return {
        period,
        value: figure?.current.value ?? null,
        status: figure?.current.status ?? null,
        others: figure?.conflicts.flatMap(one => one.value ?? []) ?? [],
      }
    },
  }
}

function line(
  label: string,
  values: ReportValue[],
  about: Partial<ReportLine> & Pick<ReportLine, 'unit'>,
): ReportLine {
  return { label, kind: 'published', decimals: 0, target: null, year: null, values, ...about }
}

/** A mean of a year, computed here. */
function computed(label: string, year: number | null, decimals: number): ReportLine {
  return line(label, [], { kind: 'computed', unit: 'day', decimals, year })
}

/** The mean of values that are all there. */
function mean(values: readonly ReportValue[]): number | null {
  const known = values.flatMap(one => one.value ?? [])
  return known.length > 0 && known.length === values.length
    ? known.reduce((sum, value) => sum + value, 0) / known.length
    : null
}

function delaysTable({ find, all }: Figures, year: number): ReportTable {
  const quarters = quartersBetween(`${year}-Q1`, `${year}-Q4`)
  const lines = TITLES.flatMap((title): ReportLine[] => {
    const values = quarters.map(quarter => find('issuance-delay', quarter, title))
    if (values.every(one => one.value === null)) return []
    const target =
      all.findLast(row => row.measure === 'issuance-delay' && row.title === title && row.target !== undefined)
        ?.target ?? null
    const printed = find('issuance-delay', String(year), title).value
    return [
      line(TITLE_NAMES[title], values, { unit: 'day', target, year: printed }),
      computed(`${TITLE_NAMES[title]} : moyenne des trimestres`, mean(values), 1),
    ]
  })
  return {
    code: 'delays',
    caption: `Délai moyen de délivrance par trimestre, ${year}, en jours`,
    periods: quarters,
    lines,
    yearly: true,
    note: 'Moyenne des titres délivrés dans le trimestre, telle que publiée ; ▲ au-dessus de l’objectif. Année : valeur imprimée, puis moyenne simple des trimestres.',
  }
}

function waitsTable({ find }: Figures, year: number): ReportTable {
  const quarters = quartersBetween(`${year}-Q1`, `${year + 1}-Q1`)
  const values = quarters.map(quarter => find('appointment-wait', quarter))
  const contradicted = values.some(one => one.others.length > 0)
  return {
    code: 'waits',
    caption: `Attente d’un rendez-vous en mairie par trimestre, ${year} et début ${year + 1}, en jours`,
    periods: quarters,
    lines: [
      line('Attente publiée', values, { unit: 'day' }),
      ...(contradicted
        ? [
            line(
              'Autre valeur publiée',
              values.map(({ period, others }) => ({
                period,
                value: others[0] ?? null,
                status: others.length > 0 ? ('observed' as const) : null,
                others: others.slice(1),
              })),
              { kind: 'other', unit: 'day' },
            ),
          ]
        : []),
    ],
    yearly: false,
    note: contradicted
      ? 'Deux valeurs sont publiées pour un même trimestre : la première reste en vigueur, l’autre est gardée.'
      : null,
  }
}

function monthsOf(year: number): Month[] {
  return monthsBetween(`${year}-01`, `${year}-12`)
}

function residenceTable(
  { find }: Figures,
  year: number,
  title: 'residence-first' | 'residence-renewal',
): ReportTable {
  const delays = monthsOf(year).map(month => find('issuance-delay', month, title))
  const decisions = monthsOf(year).map(month => find('decisions', month, title))
  const counts = decisions.flatMap(one => one.value ?? [])
  const total = counts.length === decisions.length ? counts.reduce((sum, count) => sum + count, 0) : null
  const weighted =
    total !== null && total > 0 && delays.every(one => one.value !== null)
      ? delays.reduce((sum, one, i) => sum + (one.value ?? 0) * (decisions[i]?.value ?? 0), 0) / total
      : null
  return {
    code: title,
    caption: `${TITLE_NAMES[title]} par mois, ${year}`,
    periods: monthsOf(year),
    lines: [
      line('Délai moyen de traitement (jours)', delays, { unit: 'day' }),
      line('Décisions positives', decisions, { unit: 'count', year: total }),
      computed('Moyenne simple des mois (jours)', mean(delays), 1),
      computed('Moyenne pondérée par les décisions (jours)', weighted, 1),
    ],
    yearly: true,
    note: 'Aucune cible n’est publiée. Total des décisions et moyennes de l’année : calculés.',
  }
}

/** Last month after the year for which a rate of calls is published, or December. */
function lastMonthAfter(published: readonly PublishedRow[], year: number): Month {
  const early = earlyNextYear(year)
  const months = published
    .filter(row => row.measure === 'calls-answered-rate' && early.includes(row.period))
    .map(row => row.period)
    .filter(period => !period.includes('Q'))
  return months.sort().at(-1) ?? `${year}-12`
}

/** Counts printed by month, the rate printed with them, and the same rate computed again. */
interface RateTable {
  code: string
  caption: string
  months: readonly Month[]
  counts: readonly Measure[]
  rate: Measure
  decimals: number
  part: readonly Measure[]
  whole: readonly Measure[]
  /** The rate of a share; the share itself unless said. */
  of?: (share: number) => number
  note?: string
}

function rateTables(year: number, until: Month): RateTable[] {
  const months = monthsOf(year)
  const [engagements, impressions] = (['engagements', 'impressions'] as const).map(what =>
    (['twitter', 'facebook'] as const).map(network => `${network}-${what}` as const),
  ) as [Measure[], Measure[]]
  return [
    {
      code: 'calls',
      caption: `Appels des services par mois, ${until > `${year}-12` ? `${year} et début ${year + 1}` : year}`,
      months: monthsBetween(`${year}-01`, until),
      counts: ['calls-lost', 'calls-received'],
      rate: 'calls-answered-rate',
      decimals: 1,
      part: ['calls-lost'],
      whole: ['calls-received'],
      of: lost => 1 - lost,
    },
    {
      code: 'site',
      caption: `Site internet des services de l’État par mois, ${year}`,
      months,
      counts: ['site-visits', 'population'],
      rate: 'site-visit-rate',
      decimals: 2,
      part: ['site-visits'],
      whole: ['population'],
    },
    {
      code: 'networks',
      caption: `Réseaux sociaux par mois, ${year}`,
      months,
      counts: [...engagements, ...impressions],
      rate: 'social-engagement-rate',
      decimals: 1,
      part: engagements,
      whole: impressions,
      note: 'Taux recalculé : engagements des deux réseaux sur leurs impressions.',
    },
  ]
}

function rateTable({ find }: Figures, table: RateTable): ReportTable {
  const { months, counts, rate, decimals, part, whole, of = share => share } = table
  const valuesOf = (measure: Measure) => months.map(month => find(measure, month))
  const sum = (measures: readonly Measure[], month: Month) =>
    measures.reduce<number | null>((total, measure) => {
      const { value } = find(measure, month)
      return total === null || value === null ? null : total + value
    }, 0)
  const again = months.map((period): ReportValue => {
    const [some, all] = [sum(part, period), sum(whole, period)]
    const value = some === null || all === null || all <= 0 ? null : 100 * of(some / all)
    return { period, value, status: value === null ? null : 'derived', others: [] }
  })
  return {
    code: table.code,
    caption: table.caption,
    periods: [...months],
    lines: [
      ...counts.map(measure => line(MEASURES[measure].name, valuesOf(measure), { unit: 'count' })),
      line(`${MEASURES[rate].name} (%)`, valuesOf(rate), { unit: 'percent', decimals }),
      line('Taux recalculé sur ces nombres (%)', again, { kind: 'computed', unit: 'percent', decimals: 2 }),
    ],
    yearly: false,
    note: table.note ?? null,
  }
}

/** Figures told alone, each with its own period, which its label says. */
function singleFigures({ all, find }: Figures, year: number): ReportTable {
  const wanted: Measure[] = ['agent-productivity', 'stock', 'equipped-town-halls']
  const keys = new Map<string, PublishedRow>()
  for (const row of all) {
    if (wanted.includes(row.measure) && inReport(row, year))
      keys.set(`${row.measure}|${row.title}|${row.period}`, row)
  }
  const lines = [...keys.values()]
    .sort((a, b) => wanted.indexOf(a.measure) - wanted.indexOf(b.measure) || (a.period < b.period ? -1 : 1))
    .map(row => {
      const titled = row.title === '' ? '' : `, ${TITLE_NAMES[row.title].toLowerCase()}`
      const found = { ...find(row.measure, row.period, row.title), period: 'value' }
      return line(`${MEASURES[row.measure].name}${titled}, ${frenchPeriod(row.period)}`, [found], {
        unit: 'count',
      })
    })
  return {
    code: 'figures',
    caption: `Autres chiffres de la séance, ${year} et début ${year + 1}`,
    periods: ['value'],
    lines,
    yearly: false,
    note: '≥ : la source dit « plus de » ou « atteindre voire dépasser ».',
  }
}
