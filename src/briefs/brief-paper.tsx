import { demandEvents } from '../demand/explanation.ts'
import { type FanData, FanDrawing, fanDescription } from '../pure/charts/fan-chart.tsx'
import { chances } from '../pure/charts/projection-figures.tsx'
import {
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchRange,
  longQuarter,
  shortQuarter,
} from '../pure/pages/french.ts'
import type { Paper, PaperBlock, PaperFigure, PaperTable } from '../pure/pages/paper.tsx'
import type { Brief } from './brief.ts'

/** The sheet of a town as a document of two pages. */
export function briefPaper(brief: Brief): Paper {
  return {
    title: `Mairie de ${brief.name}`,
    subtitle: `Attente d’un rendez-vous et demandes de cartes d’identité et de passeports – ${brief.department.name} – ${vintageWords(brief)}`,
    asOf: brief.asOf,
    footer: `Vigie Titres – fiche de ${brief.name} (${brief.insee}), ${vintageWords(brief)}. Observé, calculé ou estimé : chaque nombre le dit.`,
    blocks: [
      { kind: 'heading', level: 2, text: 'Trois choses à retenir' },
      { kind: 'key-points', points: brief.remember },
      { kind: 'heading', level: 2, text: 'L’attente d’un rendez-vous' },
      ...waitBlocks(brief),
      { kind: 'heading', level: 2, text: 'Les demandes à venir' },
      ...demandBlocks(brief),
      { kind: 'heading', level: 2, text: 'Pourquoi' },
      { kind: 'list', items: brief.why },
      { kind: 'heading', level: 2, text: 'Créneaux et demandes par trimestre' },
      ...capacityBlocks(brief),
      { kind: 'heading', level: 2, text: 'Ce qui peut changer l’attente ici' },
      ...leverBlocks(brief),
      { kind: 'heading', level: 2, text: 'La dotation de l’État pour les titres' },
      ...grantBlocks(brief),
      { kind: 'heading', level: 2, text: `À côté de ${brief.department.name}` },
      { kind: 'table', table: comparisonTable(brief) },
      { kind: 'heading', level: 2, text: 'Méthode et limites' },
      { kind: 'list', items: brief.method.map(text => ({ title: '', text })) },
      { kind: 'text', text: `Sources : ${brief.sources.join(' ; ')}.` },
    ],
  }
}

/** Day of the projection and of the last publication, in words. */
export function vintageWords({ asOf, lastPublishedOn }: Brief): string {
  const published =
    lastPublishedOn === null
      ? 'aucune attente publiée'
      : `dernière publication connue : ${frenchDay(lastPublishedOn)}`
  return `situation au ${frenchDay(asOf)}, ${published}`
}

function waitBlocks(brief: Brief): PaperBlock[] {
  const { wait, name, department, levers } = brief
  const drawn = wait.own.length > 0 ? wait.own : wait.department
  const whose = wait.own.length > 0 ? name : `${department.name} (aucune attente publiée pour ${name})`
  const { projection } = wait
  const blocks: PaperBlock[] = []
  if (drawn.length > 0) {
    const end = 'reason' in projection ? undefined : projection.quarters.at(-1)
    blocks.push({
      kind: 'figure',
      figure: figureOf(
        {
          id: 'attente',
          title:
            end === undefined
              ? `${frenchDays(drawn.at(-1)?.days ?? 0, 0)} au ${longQuarter(drawn.at(-1)?.quarter ?? '')}`
              : end.medianDays === null
                ? 'Si rien n’est décidé, l’attente sort du calendrier connu'
                : `Si rien n’est décidé, environ ${frenchDays(end.medianDays, 0)} au ${longQuarter(end.quarter)}`,
          subtitle: `Attente d’un rendez-vous, observée : ${whose} ; projetée : ${name}, créneaux tenus fixes. Plus bas, c’est mieux.`,
          quantity: 'day',
          observed: drawn.map(({ quarter, days, status }) => ({ quarter, value: days, status })),
          projected: 'reason' in projection ? [] : projection.fan,
          target: [{ from: drawn[0]?.quarter ?? '', value: wait.limitDays }],
        },
        sourceOf(brief),
      ),
    })
  }
  if ('reason' in projection) {
    blocks.push({ kind: 'absence', title: 'Attente non projetée', reason: projection.reason })
  } else {
    const end = projection.quarters.at(-1)
    if (end !== undefined)
      blocks.push({
        kind: 'text',
        text: `Au ${longQuarter(end.quarter)}, ${chances(end.probabilityOver)} de chances de dépasser ${frenchDays(wait.limitDays, 0)} si rien n’est décidé${'reason' in levers || levers.effects[0] === undefined ? '' : ` ; ${chances(levers.effects[0].probabilityOver)} avec le levier le plus fort`} (estimé).`,
      })
  }
  return blocks
}

function demandBlocks(brief: Brief): PaperBlock[] {
  const { demand, name } = brief
  if ('reason' in demand)
    return [{ kind: 'absence', title: 'Pas encore de projection', reason: demand.reason }]
  const peak = demand.quarters.reduce((a, b) => (b.mean > a.mean ? b : a))
  return [
    {
      kind: 'figure',
      figure: figureOf(
        {
          id: 'demande',
          title: `Le plus fort trimestre attendu : ${shortQuarter(peak.quarter)}, environ ${frenchNumber(Math.round(peak.mean / 10) * 10)} demandes`,
          subtitle: `Demandes de cartes d’identité et de passeports par trimestre, ${name}, estimées.`,
          quantity: 'count',
          observed: [],
          projected: demand.quarters.map(({ quarter, quantiles }) => ({ quarter, ...quantiles })),
          events: demandEvents(),
        },
        sourceOf(brief),
      ),
    },
    {
      kind: 'table',
      table: {
        id: 'demande-annees',
        caption: `Demandes attendues par an, ${name} (estimées)`,
        columns: [
          { label: 'Année' },
          ...demand.years.map(year => ({ label: String(year.year), numeric: true })),
        ],
        rows: [
          ['Attendu', ...demand.years.map(year => frenchNumber(year.mean))],
          ['Borne basse', ...demand.years.map(year => frenchNumber(year.low90))],
          ['Borne haute', ...demand.years.map(year => frenchNumber(year.high90))],
        ],
        note: 'Neuf chances sur dix d’être entre les bornes de chaque trimestre ; celles de l’année sont leur somme.',
      },
    },
  ]
}

function capacityBlocks({ capacity, name }: Brief): PaperBlock[] {
  if ('reason' in capacity) return [{ kind: 'absence', title: 'Créneaux inconnus', reason: capacity.reason }]
  return [
    {
      kind: 'table',
      table: {
        id: 'creneaux',
        caption: `Demandes attendues et créneaux, ${name} (estimés)`,
        columns: [
          { label: 'Trimestre' },
          { label: 'Demandes attendues', numeric: true },
          { label: '9 chances sur 10', numeric: true },
          { label: 'Créneaux', numeric: true },
          { label: 'Demandes pour 100 créneaux', numeric: true },
          { label: '9 chances sur 10', numeric: true },
        ],
        rows: capacity.quarters.map(one => [
          shortQuarter(one.quarter),
          frenchNumber(one.requests),
          frenchRange(one.requestsLow90, one.requestsHigh90, 0),
          one.slots === null ? 'inconnus' : frenchNumber(one.slots),
          frenchNumber(one.median),
          frenchRange(one.low90, one.high90, 0),
        ]),
        note: capacity.origin,
      },
    },
  ]
}

function leverBlocks({ levers, wait }: Brief): PaperBlock[] {
  if ('reason' in levers) return [{ kind: 'absence', title: 'Leviers non calculés', reason: levers.reason }]
  return [
    {
      kind: 'table',
      table: {
        id: 'leviers',
        caption: `Effet de chaque levier, seul, au ${longQuarter(levers.at)} (estimé)`,
        columns: [
          { label: 'Levier' },
          { label: 'Attente médiane', numeric: true },
          { label: 'Gain', numeric: true },
          { label: `Chances de dépasser ${frenchDays(wait.limitDays, 0)}`, numeric: true },
          { label: 'Mise en place', numeric: true },
          { label: 'Coût' },
        ],
        rows: levers.effects.map(effect => [
          `${effect.name} : ${effect.change}`,
          effect.medianDays === null ? 'au-delà du calendrier' : frenchDays(effect.medianDays, 0),
          effect.gainedDays === null ? 'n. d.' : frenchDays(effect.gainedDays, 0),
          chances(effect.probabilityOver),
          `${frenchNumber(effect.leadWeeks)}\u00a0semaines`,
          effect.cost === null
            ? 'non publié'
            : `${frenchNumber(effect.cost.once)}\u00a0€, puis ${frenchNumber(effect.cost.perYear)}\u00a0€ par an, sans les agents (2019)`,
        ]),
        note: `${levers.without.map(one => `${one.name} : ${one.reason}`).join(' ; ')}. Ampleurs et délais sont des hypothèses ; levier décidé au premier jour de la projection.`,
      },
    },
  ]
}

function grantBlocks({ grant }: Brief): PaperBlock[] {
  if ('reason' in grant) return [{ kind: 'absence', title: 'Palier non calculé', reason: grant.reason }]
  const { outlook, words } = grant
  const { year, scaleYear, reason, stations } = outlook
  return [
    {
      kind: 'text',
      text: `${words} ${stations.known ? '' : 'Calcul pour une seule station, par hypothèse : leur nombre n’est pas publié. '}${reason === undefined ? `Dotation de ${year}` : `${reason} Dotation de ${year} au barème de ${scaleYear}, par hypothèse`} (estimé) : chances de chaque palier, ${outlook.levels
        .map(
          ({ from, to, probability }) =>
            `${to === undefined ? `${frenchNumber(from)} demandes et plus` : from === 0 ? `moins de ${frenchNumber(to)}` : `${frenchNumber(from)} à ${frenchNumber(to - 1)}`} : ${chances(probability)}`,
        )
        .join(' ; ')}.`,
    },
  ]
}

function comparisonTable({ comparison, name, department }: Brief): PaperTable {
  return {
    id: 'comparaison',
    caption: `${name} et ${department.name}`,
    columns: [{ label: 'Mesure' }, { label: name, numeric: true }, { label: department.name, numeric: true }],
    rows: comparison.map(row => [row.label, row.own, row.department]),
  }
}

function sourceOf({ run, wait }: Brief): string {
  const last = [...wait.own, ...wait.department].at(-1)
  return [
    ...(last === undefined ? [] : [last.source]),
    ...(run === null ? [] : [`Vigie Titres, projection ${run.id}`]),
  ].join(' ; ')
}

function figureOf(data: FanData, source: string): PaperFigure {
  return {
    id: data.id,
    title: data.title,
    subtitle: data.subtitle,
    alternative: `${data.title}. ${fanDescription(data)}`,
    wide: String(<FanDrawing {...data} variant="wide" />),
    narrow: String(<FanDrawing {...data} variant="narrow" />),
    source,
  }
}

/** The ranking of a department's halls for the cover of a meeting, with what each sheet holds. */
export function rankingTable(briefs: readonly Brief[], departmentName: string): PaperTable {
  const demandOf = (brief: Brief) => ('reason' in brief.demand ? -1 : brief.demand.next.mean)
  const projected = (brief: Brief) =>
    'reason' in brief.wait.projection ? undefined : brief.wait.projection.quarters.at(-1)
  const year = briefs.flatMap(brief => ('reason' in brief.demand ? [] : brief.demand.next.year))[0]
  return {
    id: 'classement',
    caption: `Mairies équipées connues, ${departmentName}, des plus demandées aux moins demandées`,
    columns: [
      { label: 'Mairie' },
      { label: 'Attente publiée', numeric: true },
      { label: 'Attente projetée', numeric: true },
      { label: year === undefined ? 'Demandes attendues' : `Demandes attendues en ${year}`, numeric: true },
      { label: 'Part', numeric: true },
      { label: 'Ce qui manque' },
    ],
    rows: [...briefs]
      .sort((a, b) => demandOf(b) - demandOf(a))
      .map(brief => {
        const own = brief.wait.own.at(-1)
        const end = projected(brief)
        return [
          brief.name,
          own === undefined ? 'non publiée' : frenchDays(own.days, 0),
          end === undefined
            ? 'non projetée'
            : end.medianDays === null
              ? 'au-delà du calendrier'
              : `${frenchDays(end.medianDays, 0)} (${shortQuarter(end.quarter)})`,
          'reason' in brief.demand ? 'non projetées' : frenchNumber(brief.demand.next.mean),
          brief.comparison.at(-1)?.own ?? '',
          absencesOf(brief),
        ]
      }),
    note: 'Attente et demandes projetées : estimées, créneaux tenus fixes.',
  }
}

function absencesOf(brief: Brief): string {
  const missing = [
    ...('reason' in brief.demand ? [brief.demand.reason] : []),
    ...('reason' in brief.wait.projection ? [brief.wait.projection.reason] : []),
    ...('reason' in brief.grant || !brief.grant.outlook.stations.known ? ['nombre de stations'] : []),
    ...(brief.wait.own.length === 0 ? ['attente de la mairie'] : []),
  ]
  return missing.length === 0 ? 'rien' : missing.join(' ; ')
}
