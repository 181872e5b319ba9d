import type { ExpectedQuarter } from '../demand/demand-figures.tsx'
import { demandEvents, demandSource } from '../demand/explanation.ts'
import { chanceColumn, chances } from '../figures/projection-figures.tsx'
import type { TownHall } from '../places/town-hall.ts'
import { paths } from '../pure/access/paths.ts'
import type { FanData } from '../pure/charts/fan.ts'
import { rangeFile } from '../pure/elements/column.ts'
import { STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchCount,
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchPercent,
  frenchPeriod,
  frenchQuantity,
  frenchRange,
  longQuarter,
  ofName,
  shortQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import {
  listed,
  type Paper,
  type PaperBlock,
  type PaperTable,
  paperTable,
  section,
} from '../pure/pages/paper.tsx'
import { paperFan } from '../pure/pages/paper-fan.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import type { LeverEffect } from '../waits/hall-lever.ts'
import type { Brief } from './brief.ts'

/** The sheet of a town as a document of two pages. */
export function briefPaper(brief: Brief): Paper {
  return {
    title: `Fiche de la mairie ${ofName(brief.name)}`,
    subtitle: `Cartes d’identité et passeports : attente d’un rendez-vous et demandes à venir – ${brief.department.name}, ${vintageWords(brief)}`,
    asOf: brief.asOf,
    pages: 2,
    footer: `Vigie Titres – ${brief.name} (${brief.insee}), situation au ${frenchDay(brief.asOf)}. Chaque nombre dit s’il est observé, calculé ou estimé.`,
    blocks: [
      ...section('Trois choses à retenir', [{ kind: 'key-points', points: brief.remember }]),
      ...section('L’attente d’un rendez-vous', waitBlocks(brief)),
      ...section('Les demandes à venir', demandBlocks(brief)),
      { kind: 'new-page' },
      ...section('Pourquoi', listed(brief.why)),
      ...section('Demandes et créneaux', capacityBlocks(brief)),
      ...section('Ce qui peut changer l’attente ici', leverBlocks(brief)),
      ...section('La dotation de l’État pour les titres', grantBlocks(brief)),
      ...section('Comparaison', [{ kind: 'table', table: comparisonTable(brief) }]),
      ...sinceBlocks(brief),
      ...section('Méthode et limites', listed(brief.method.map(text => ({ title: '', text })))),
      { kind: 'text', text: `Sources : ${brief.sources.join(' ; ')}.` },
    ],
  }
}

/** Day of the projection and of the last publication, in words. */
export function vintageWords({ asOf, lastPublishedOn }: Brief): string {
  const published =
    lastPublishedOn === null
      ? 'aucune attente publiée'
      : `dernière attente publiée le ${frenchDay(lastPublishedOn)}`
  return `situation au ${frenchDay(asOf)}, ${published}`
}

function waitBlocks(brief: Brief): PaperBlock[] {
  const { wait, name, department, levers } = brief
  const drawn = wait.own.length > 0 ? wait.own : wait.department
  const whose = wait.own.length > 0 ? name : department.name
  const { projection } = wait
  if ('reason' in projection)
    return [
      ...(drawn.length > 0 ? [waitFigure(brief, drawn, `observée, ${whose}`)] : []),
      {
        kind: 'absence',
        title: wait.withoutAppointment ? 'Sans rendez-vous' : 'Attente non projetée',
        reason: projection.reason,
      },
    ]
  const { nextYear } = projection
  const best = 'reason' in levers ? undefined : levers.effects[0]
  return [
    waitFigure(brief, drawn, `publiée, ${whose} ; projetée depuis aujourd’hui, ${name}`),
    {
      kind: 'text' as const,
      text: `Chances de dépasser ${frenchDays(wait.limitDays, 0)} au ${longQuarter(nextYear.quarter)} : ${chances(nextYear.probabilityOver)} si rien n’est décidé${best === undefined ? '' : `, ${chances(best.probabilityOver)} avec le levier le plus fort`} (estimé).`,
    },
  ]
}

function waitFigure(
  { insee, department, wait, run }: Brief,
  drawn: readonly Brief['wait']['own'][number][],
  what: string,
): PaperBlock {
  const { projection, limitDays, own } = wait
  const last = drawn.at(-1)
  const title =
    'reason' in projection
      ? `${frenchDays(last?.days ?? 0, 0)} ${own.length > 0 ? '' : 'toutes mairies ensemble '}au ${longQuarter(last?.quarter ?? '')}`
      : `Environ ${frenchDays(roundedDays(projection.today.median), 0)} aujourd’hui, ${daysOrBeyond(projection.nextYear.medianDays)} dans un an`
  const seen = new Set(drawn.map(({ quarter }) => quarter))
  const fan = 'reason' in projection ? [] : projection.fan.filter(({ quarter }) => !seen.has(quarter))
  return figureOf(
    {
      id: 'attente',
      title,
      subtitle: `Jours d’attente d’un rendez-vous : ${what}.`,
      quantity: 'day',
      observed: drawn.map(({ quarter, days, status }) => ({ quarter, value: days, status })),
      projected: fan,
      target: [{ from: drawn[0]?.quarter ?? fan[0]?.quarter ?? '', value: limitDays }],
    },
    [
      ...(last === undefined ? [] : [last.source]),
      ...(fan.length > 0 && run !== null ? [demandSource(run)] : []),
    ],
    fan.length > 0
      ? paths.apiWaitProjectionCsv({ place: insee })
      : paths.apiWaitsCsv({ place: own.length > 0 ? insee : department.code }),
  )
}

function demandBlocks({ insee, demand, name, run }: Brief): PaperBlock[] {
  if ('reason' in demand) return [{ kind: 'absence', title: 'Demandes non projetées', reason: demand.reason }]
  return [
    demandFigure(
      { id: 'demande', name, quarters: demand.quarters },
      run === null ? '' : demandSource(run),
      paths.apiDemandCsv({ place: insee, title: 'cni-passport' }),
    ),
    {
      kind: 'table',
      table: {
        id: 'demande-annees',
        caption: `Demandes attendues par an, ${name} (estimé)`,
        columns: [
          { label: 'Année' },
          ...demand.years.map(year => ({ label: String(year.year), numeric: true })),
        ],
        rows: [
          ['Attendu', ...demand.years.map(year => frenchNumber(twoFigures(year.mean)))],
          [`${NINE_IN_TEN}, de`, ...demand.years.map(year => frenchNumber(twoFigures(year.low90)))],
          [`${NINE_IN_TEN}, à`, ...demand.years.map(year => frenchNumber(twoFigures(year.high90)))],
        ],
      },
    },
  ]
}

/** The requests to come of a place, quarter by quarter, under the highest of them. */
export function demandFigure(
  { id, name, quarters }: { id: string; name: string; quarters: readonly ExpectedQuarter[] },
  source: string,
  csv?: string,
): PaperBlock {
  const peak = quarters.reduce((a, b) => (b.mean > a.mean ? b : a))
  const data: FanData = {
    id,
    title: `Le plus fort trimestre attendu : ${shortQuarter(peak.quarter)}, environ ${frenchNumber(twoFigures(peak.mean))} demandes`,
    subtitle: `Demandes de cartes d’identité et de passeports par trimestre, ${name}, estimées.`,
    quantity: 'count',
    observed: [],
    projected: quarters.map(({ quarter, quantiles }) => ({ quarter, ...quantiles })),
    events: demandEvents(),
  }
  return { kind: 'figure', figure: paperFan(data, source, csv) }
}

function capacityBlocks({ capacity, name }: Brief): PaperBlock[] {
  if ('reason' in capacity) return [{ kind: 'absence', title: 'Créneaux inconnus', reason: capacity.reason }]
  if ('week' in capacity) {
    const { slots, low, high, requests, origin } = capacity.week
    return [
      {
        kind: 'text',
        text: `Environ ${frenchNumber(twoFigures(slots))} créneaux par semaine ordinaire à ${name} (${frenchRange(twoFigures(low), twoFigures(high), 0)}, estimé), pour environ ${frenchNumber(twoFigures(requests))} demandes. ${origin}. Importez stations et horaires pour les comparer trimestre par trimestre.`,
      },
    ]
  }
  return [
    {
      kind: 'table',
      table: paperTable({
        id: 'creneaux',
        caption: `Demandes et créneaux, ${name} (estimé)`,
        rows: capacity.quarters,
        columns: [
          { label: 'Trimestre', cell: ({ quarter }) => shortQuarter(quarter) },
          { label: 'Demandes', figure: ({ requests }) => twoFigures(requests) },
          {
            label: NINE_IN_TEN,
            range: one => ({ low: twoFigures(one.requestsLow90), high: twoFigures(one.requestsHigh90) }),
          },
          { label: 'Créneaux', figure: ({ slots }) => slots },
          {
            label: 'Demandes pour 100 créneaux',
            figure: ({ requests, slots }) => (slots > 0 ? (100 * requests) / slots : undefined),
            missing: 'fermée',
          },
        ],
        note: capacity.origin,
      }),
    },
  ]
}

/** The effect of each lever on the wait of a town, alone. */
export function leverBlocks(brief: Brief): PaperBlock[] {
  const { levers, wait } = brief
  if ('reason' in levers) return [{ kind: 'absence', title: 'Leviers non calculés', reason: levers.reason }]
  const unchanged = 'reason' in wait.projection ? undefined : wait.projection.nextYear
  return [
    {
      kind: 'table',
      table: {
        id: 'leviers',
        caption: `Effet de chaque levier, seul, décidé le ${frenchDay(levers.decidedOn)} (estimé)`,
        columns: [
          { label: 'Ce qui est décidé' },
          { label: `Attente au ${shortQuarter(levers.at)}`, numeric: true },
          { label: 'Gain', numeric: true },
          { label: `Chances de dépasser ${frenchDays(wait.limitDays, 0)}`, numeric: true },
          { label: 'Prêt en', numeric: true },
          { label: 'Coût' },
        ],
        rows: [
          ...(unchanged === undefined
            ? []
            : [
                [
                  'Si rien n’est décidé',
                  daysOrBeyond(unchanged.medianDays),
                  '–',
                  chances(unchanged.probabilityOver),
                  '–',
                  '–',
                ],
              ]),
          ...levers.effects.map(effect => [
            capitalised(effect.change),
            daysOrBeyond(effect.medianDays),
            gainWords(effect),
            chances(effect.probabilityOver),
            `${frenchNumber(effect.leadWeeks)}\u00a0semaines`,
            effect.cost === null
              ? 'non publié'
              : `${frenchNumber(effect.cost.once)}\u00a0€, puis ${frenchNumber(effect.cost.perYear)}\u00a0€ par an, sans les agents (2019)`,
          ]),
        ],
        note: `${levers.without.map(one => `${one.name} : ${one.reason}`).join(' ; ')}. Ampleurs et délais de mise en place : hypothèses.`,
      },
    },
  ]
}

function gainWords({ gainedDays, gainedLow90, gainedHigh90 }: LeverEffect): string {
  if (gainedDays === null || gainedLow90 === null || gainedHigh90 === null) return 'non mesurable'
  return `${frenchNumber(gainedDays, 0)} (${frenchNumber(gainedLow90, 0)} à ${frenchDays(gainedHigh90, 0)})`
}

function daysOrBeyond(days: number | null): string {
  return days === null ? 'au-delà du calendrier' : frenchDays(roundedDays(days), 0)
}

/** The grant of the State to come, in a sentence and by the number of requests. */
export function grantBlocks({ grant }: Brief): PaperBlock[] {
  if ('reason' in grant) return [{ kind: 'absence', title: 'Dotation non calculée', reason: grant.reason }]
  const { outlook, words } = grant
  const { year, requestsYear, scaleYear, reason, stations, levels, atMedian } = outlook
  return [
    { kind: 'text', text: words },
    {
      kind: 'table',
      table: paperTable({
        id: 'dotation',
        caption: `Dotation de ${year} selon les demandes de ${requestsYear} (estimé)`,
        rows: levels,
        columns: [
          {
            label: `Demandes de ${requestsYear}`,
            file: rangeFile<(typeof levels)[number]>(`Demandes de ${requestsYear}`, ({ from, to }) => ({
              low: from,
              high: to === undefined ? undefined : to - 1,
            })),
            cell: ({ from, to }) =>
              to === undefined
                ? `${frenchNumber(from)} et plus`
                : from === 0
                  ? `moins de ${frenchNumber(to)}`
                  : `${frenchNumber(from)} à ${frenchNumber(to - 1)}`,
          },
          chanceColumn<(typeof levels)[number]>('Chances', ({ probability }) => probability),
          { label: 'Part fixe', figure: () => atMedian.fixed, unit: '€' },
          { label: 'Part variable, au milieu du palier', figure: ({ euros }) => euros, unit: '€' },
        ],
        note: [
          stations.known
            ? `${frenchCount(stations.count, 'station')}${stations.deduced ? ', déduit du montant de la dotation' : ''}.`
            : 'Nombre de stations non publié : calcul pour une seule, par hypothèse.',
          'Majoration des stations raccordées non comptée.',
          ...(reason === undefined ? [] : [`${reason} Barème de ${scaleYear}, par hypothèse.`]),
          `Source : ${atMedian.source.title}.`,
        ].join(' '),
      }),
    },
  ]
}

/** Waits published since, told on a replayed sheet. */
const SINCE_SHOWN = 4

function sinceBlocks(brief: Brief): PaperBlock[] {
  if (brief.since.length === 0) return []
  return section('Ce qui est venu depuis', [{ kind: 'table', table: sinceOfSheet(brief, SINCE_SHOWN) }])
}

/** What was published after the day of replayed sheets, beside what each said of the wait. */
export function sinceTable(
  sheets: readonly Brief[],
  about: Pick<PaperTable, 'caption' | 'note'>,
): PaperTable {
  return paperTable({
    id: 'depuis',
    ...about,
    rows: sheets.flatMap(sheet => sheet.since.map(one => ({ ...one, sheet }))),
    columns: [
      { label: 'Période', cell: ({ period }) => frenchPeriod(period) },
      {
        label: 'Où',
        cell: ({ place, sheet }) => (place === sheet.insee ? sheet.name : sheet.department.name),
      },
      {
        label: `Dit ce jour-là, ${NINE_IN_TEN}`,
        range: ({ said }) =>
          said && { low: twoFigures(said.low90 ?? 1), high: twoFigures(said.high90 ?? 730) },
        unit: 'jours',
        missing: 'non projetée',
      },
      {
        label: 'Publié depuis',
        numeric: true,
        cell: ({ days, status }) => `${frenchQuantity(days, 'day')} (${STATUS_WORDS[status]})`,
        file: [
          { value: ({ days }) => days, unit: 'jours', type: 'number' },
          { label: 'Nature', value: ({ status }) => STATUS_WORDS[status] },
        ],
      },
    ],
  })
}

/** The same of one sheet, of which the last values are told. */
export function sinceOfSheet(brief: Brief, most: number): PaperTable {
  const since = brief.since.slice(-most)
  return sinceTable([{ ...brief, since }], {
    caption: `Attentes publiées après le ${frenchDay(brief.asOf)}, et ce que la fiche en disait`,
    note: [...new Set(since.map(({ source }) => source))].join(' ; '),
  })
}

/** A town beside all the halls of its department. */
export function comparisonTable({ comparison, name, department }: Brief): PaperTable {
  return {
    id: 'comparaison',
    caption: `${name} et ${department.name}, toutes mairies ensemble`,
    columns: [{ label: 'Mesure' }, { label: name, numeric: true }, { label: department.name, numeric: true }],
    rows: comparison.map(row => [row.label, row.own, row.department]),
  }
}

function figureOf(data: FanData, sources: readonly string[], csv: string): PaperBlock {
  return { kind: 'figure', figure: paperFan(data, sources.join(' ; '), csv) }
}

/** The ranking of a department's halls, the most asked first. */
export function rankingTable(
  briefs: readonly Brief[],
  halls: readonly TownHall[],
  departmentName: string,
): PaperTable {
  const demandOf = (brief: Brief) => ('reason' in brief.demand ? -1 : brief.demand.next.mean)
  const year = briefs.flatMap(brief => ('reason' in brief.demand ? [] : brief.demand.next.year))[0]
  const published = briefs.filter(brief => brief.wait.own.length > 0).length
  const stations = halls.filter(hall => hall.stations !== undefined && hall.stations > 0)
  const count = frenchNumber(briefs.length)
  const whole = briefs.reduce((sum, brief) => sum + Math.max(0, demandOf(brief)), 0)
  return {
    id: 'classement',
    caption: `Mairies équipées, ${departmentName}, des plus demandées aux moins demandées`,
    columns: [
      { label: 'Rang', numeric: true },
      { label: 'Mairie' },
      { label: year === undefined ? 'Demandes attendues' : `Demandes attendues en ${year}`, numeric: true },
      { label: 'Part', numeric: true },
      { label: 'Attente publiée', numeric: true },
      { label: 'Attente projetée', numeric: true },
      { label: 'Levier le plus fort' },
    ],
    rows: [...briefs]
      .sort((a, b) => demandOf(b) - demandOf(a))
      .map((brief, i) => {
        const own = brief.wait.own.at(-1)
        const end = 'reason' in brief.wait.projection ? undefined : brief.wait.projection.quarters.at(-1)
        const best = 'reason' in brief.levers ? undefined : brief.levers.effects[0]
        return [
          String(i + 1),
          brief.name,
          'reason' in brief.demand ? 'non projetées' : frenchNumber(twoFigures(brief.demand.next.mean)),
          'reason' in brief.demand || whole === 0
            ? ''
            : frenchPercent((100 * brief.demand.next.mean) / whole, 1),
          brief.wait.withoutAppointment
            ? 'sans rendez-vous'
            : own === undefined
              ? 'non publiée'
              : `${frenchDays(own.days, 0)} (${shortQuarter(own.quarter)})`,
          end === undefined
            ? 'non projetée'
            : `${daysOrBeyond(end.medianDays)} (${shortQuarter(end.quarter)})`,
          best === undefined ? 'non calculé' : capitalised(best.change),
        ]
      }),
    note: `Demandes, parts, attentes projetées et leviers : estimés, la réponse des autres créneaux comprise. Attente publiée par ${frenchNumber(published)} mairie${published < 2 ? '' : 's'} sur ${count} ; nombre de stations connu pour ${frenchNumber(stations.length)} sur ${frenchNumber(halls.length)}.`,
  }
}
