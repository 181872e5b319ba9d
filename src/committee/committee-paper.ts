import { toldOnce } from '../delays/delay-words.ts'
import { chanceColumn } from '../figures/projection-figures.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  longQuarter,
  shortQuarter,
} from '../pure/french/french.ts'
import type { ProjectedDays } from '../pure/numerics/series/projected-days.ts'
import {
  listed,
  type Paper,
  type PaperBlock,
  type PaperFileColumn,
  type PaperTable,
  section,
  paperTable as tableOf,
} from '../pure/pages/paper.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import type { CommitteeReport, ReportProjection } from './committee-report.ts'
import type { Difference } from './difference.ts'
import { registerPaperTable } from './register-file.ts'
import type { ReportLine, ReportTable, ReportValue } from './report-table.ts'

/** The report of a users' committee as a document. */
export function committeePaper(report: CommitteeReport): Paper {
  const { year, place, lastPublishedOn, asOf } = report
  const vintage = `situation au ${frenchDay(asOf)}${lastPublishedOn === null ? '' : `, dernière publication reprise : ${frenchDay(lastPublishedOn)}`}`
  return {
    title: `Comité local des usagers : bilan ${year}`,
    subtitle: `${place.name} – tableaux refaits depuis les chiffres publiés, écarts, raisons et projection – ${vintage}`,
    asOf,
    footer: `Vigie Titres – comité local des usagers, ${place.name}, bilan ${year}, ${vintage}.`,
    blocks: [
      ...section(
        'Les indicateurs de l’année',
        report.tables.length === 0 ? [notPublished(year)] : publishedBlocks(report),
      ),
      { kind: 'heading', level: 2, text: 'Et ensuite' },
      ...report.projections.map(projectionBlock),
      ...registerBlocks(report),
      ...section('Sources', listed(report.sources.map(text => ({ title: '', text })))),
    ],
  }
}

function notPublished(year: number): PaperBlock {
  return {
    kind: 'absence',
    title: 'Rien n’est encore publié',
    reason: `Aucun chiffre de ${year} n’est publié pour ce lieu : importez-le, et ce bilan se remplit.`,
  }
}

function publishedBlocks(report: CommitteeReport): PaperBlock[] {
  return [
    ...report.tables.flatMap((table, i): PaperBlock[] => {
      // Two tables of one kind stand together: what holds of both is said under the second.
      const note = table.note === report.tables[i + 1]?.note ? null : table.note
      const block = { kind: 'table' as const, table: paperTable({ ...table, note }) }
      return table.code === 'calls' ? section('Les services au public', [block]) : [block]
    }),
    ...section('Ce qui ne concorde pas', differenceBlocks(report)),
    { kind: 'heading', level: 2, text: 'Pourquoi' },
    ...[...groupBy(report.reasons, ({ label }) => label).values()]
      .flatMap(reasons => toldOnce(reasons))
      .flatMap(({ label, quarter, lines }): PaperBlock[] => [
        { kind: 'heading', level: 3, text: `${label}, ${longQuarter(quarter)}` },
        { kind: 'list', items: lines },
      ]),
  ]
}

function registerBlocks({ register }: CommitteeReport): PaperBlock[] {
  if (register.length === 0) return []
  return section('Registre : demandé, promis, venu', [{ kind: 'table', table: registerPaperTable(register) }])
}

const SHORT_MONTHS = 'janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.'.split(' ')

/** A period as the heading of a narrow column. */
function shortPeriod(period: string): string {
  if (period === 'value') return 'Valeur'
  if (period.includes('Q')) return shortQuarter(period)
  return `${SHORT_MONTHS[Number(period.slice(5, 7)) - 1]} ${period.slice(2, 4)}`
}

function paperTable(table: ReportTable): PaperTable {
  const targets = table.lines.some(line => line.target !== null)
  const many = table.periods.length > 8
  const rows = table.lines.map(line => [
    line.kind === 'computed' ? `${line.label} (calculé)` : line.label,
    ...(targets ? [line.target === null ? '' : frenchDays(line.target, 0)] : []),
    ...table.periods.map(period => {
      const found = line.values.find(one => one.period === period)
      return found === undefined ? '' : cellText(found, line, many)
    }),
    ...(table.yearly ? [yearText(line, many)] : []),
  ])
  const notes = [
    ...(table.note === null ? [] : [table.note]),
    ...SHORT_FORMS.filter(({ short }) => rows.some(row => row.includes(short))).map(
      ({ short, words }) => `${short} : ${words}.`,
    ),
  ]
  return {
    id: `comite-${table.code}`,
    caption: table.caption,
    columns: [
      { label: 'Indicateur' },
      ...(targets ? [{ label: 'Objectif', numeric: true }] : []),
      ...table.periods.map(period => ({ label: shortPeriod(period), numeric: true })),
      ...(table.yearly ? [{ label: 'Année', numeric: true }] : []),
    ],
    rows,
    file: [
      { label: 'Indicateur', values: table.lines.map(line => line.label) },
      { label: 'Nature', values: table.lines.map(line => (line.kind === 'computed' ? 'calculé' : 'publié')) },
      ...(targets
        ? [{ label: 'Objectif', unit: 'jours', values: table.lines.map(line => line.target ?? undefined) }]
        : []),
      ...table.periods.flatMap(period => periodColumns(table, period)),
      ...(table.yearly ? [{ label: 'Année', values: table.lines.map(line => line.year ?? undefined) }] : []),
    ],
    ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
  }
}

/** A period in a file: the values, and apart what cells say beside them when some do. */
function periodColumns({ lines }: ReportTable, period: string): PaperFileColumn[] {
  const label = shortPeriod(period)
  const found = lines.map(line => line.values.find(one => one.period === period))
  const others = found.map(one => (one?.others.length ?? 0) + (one === undefined ? 0 : 1))
  const late = lines.map((line, i) => {
    const value = found[i]?.value ?? null
    return line.target === null || value === null ? undefined : value > line.target ? 'dépassé' : 'tenu'
  })
  return [
    { label, values: found.map(one => one?.value ?? undefined) },
    ...(found.some(one => one?.status === 'censored')
      ? [
          {
            label: `${label}, statut`,
            values: found.map(one => (one?.status === 'censored' ? 'au moins' : undefined)),
          },
        ]
      : []),
    ...(late.some(word => word !== undefined) ? [{ label: `${label}, objectif`, values: late }] : []),
    ...(others.some(count => count > 1) ? [{ label: `${label}, valeurs publiées`, values: others }] : []),
  ]
}

/** What narrow cells say in short. */
const SHORT_FORMS = [
  { short: 'n. p.', words: 'non publié' },
  { short: 'n. d.', words: 'non déterminé' },
]

function cellText({ value, status, others }: ReportValue, line: ReportLine, narrow: boolean): string {
  if (value === null) return line.kind === 'published' ? (narrow ? 'n. p.' : 'non publié') : '–'
  const late = line.target !== null && value > line.target ? ' ▲' : ''
  const bound = status === 'censored' ? '≥ ' : status === 'at-most' ? '≤ ' : ''
  return `${bound}${plain(value, line.decimals)}${late}${others.length > 0 ? ' *' : ''}`
}

function yearText({ year, decimals, kind, values }: ReportLine, narrow: boolean): string {
  if (year === null)
    return values.length > 0 && kind === 'published' ? '' : narrow ? 'n. d.' : 'non déterminé'
  return kind === 'computed' ? frenchNumber(year, decimals) : plain(year, decimals)
}

/** A number with the decimals of its line, or with those it was printed with when it has more. */
function plain(value: number, decimals: number): string {
  const printed = String(value).split('.')[1]?.length ?? 0
  return frenchNumber(value, printed <= 2 ? Math.max(printed, decimals) : decimals)
}

function differenceBlocks({ differences, smallGaps }: CommitteeReport): PaperBlock[] {
  const tables = [
    {
      ...{ id: 'ecarts', decimals: 1, some: differences },
      caption: 'Chiffres publiés que contredit une autre publication, ou leurs propres nombres',
    },
    {
      ...{ id: 'petits-ecarts', decimals: 2, some: smallGaps },
      caption: 'Petits écarts, de moins de 0,2 point, que l’arrondi seul n’explique pas',
    },
  ].filter(({ some }) => some.length > 0)
  return tables.length === 0
    ? [{ kind: 'text', text: 'Aucun écart entre les chiffres publiés.' }]
    : tables.map(table => ({ kind: 'table', table: differenceTable(table) }))
}

function differenceTable({
  id,
  caption,
  decimals,
  some,
}: {
  id: string
  caption: string
  decimals: number
  some: readonly Difference[]
}): PaperTable {
  const shown = (value: number, unit: Difference['unit']) =>
    unit === 'percent'
      ? frenchPercent(value, decimals)
      : unit === 'day'
        ? frenchDays(value, Number.isInteger(value) ? 0 : 2)
        : frenchNumber(value)
  return tableOf<Difference>({
    id,
    caption,
    rows: some,
    columns: [
      { label: 'Chiffre', cell: one => one.figure },
      {
        label: 'Période',
        numeric: true,
        cell: one => frenchPeriod(one.period),
        file: [{ value: one => one.period }],
      },
      {
        label: 'Publié',
        numeric: true,
        cell: one => shown(one.published, one.unit),
        file: [{ value: one => one.published }],
      },
      {
        label: 'Autre valeur',
        numeric: true,
        cell: one => shown(one.other, one.unit),
        file: [{ value: one => one.other }, { label: 'Unité', value: one => one.unit }],
      },
      {
        label: 'D’où vient l’autre valeur',
        cell: ({ kind, explanation }) =>
          `${kind === 'two-publications' ? 'deux publications' : 'recalculé'} : ${explanation}`,
      },
    ],
    note: 'Toutes les valeurs publiées sont gardées ; aucune n’est choisie en silence.',
  })
}

function projectionBlock(projection: ReportProjection): PaperBlock {
  if ('reason' in projection)
    return { kind: 'absence', title: `${projection.label} : pas de projection`, reason: projection.reason }
  const { label, limitDays, quarters, source } = projection
  const missing = 'au-delà du calendrier'
  return {
    kind: 'table',
    table: tableOf<ProjectedDays>({
      id: `projection-${label.toLowerCase().replace(/[^a-z]+/g, '-')}`,
      caption: `${label}, si rien n’est décidé (estimé)`,
      rows: quarters,
      columns: [
        { label: 'Trimestre', cell: ({ quarter }) => shortQuarter(quarter) },
        { label: 'Médiane', figure: one => one.medianDays ?? undefined, as: 'days', missing },
        {
          label: NINE_IN_TEN,
          range: ({ low90: low, high90: high }) =>
            low === null || high === null ? undefined : { low, high },
          told: roundedDays,
          unit: 'jours',
          missing,
        },
        chanceColumn(`Chances de dépasser ${frenchDays(limitDays, 0)}`, one => one.probabilityOver),
      ],
      note: `Source : ${source}.`,
    }),
  }
}
