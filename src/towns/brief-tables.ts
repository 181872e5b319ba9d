import { type ExportCell, number, rounded, type TableExport, text } from '../pure/figures/table-export.ts'
import type { Brief } from './brief.ts'

const QUARTER = [
  text('trimestre', 'Trimestre', 'Trimestre, 2027-Q1'),
  text('statut', 'Statut', 'estimated : estimé, rien n’y est observé'),
]
const PLACE = [
  text('insee', 'Code INSEE', 'Code de la commune ; toujours du texte'),
  text('mairie', 'Mairie', 'Nom de la commune'),
]
const BOUNDS = [
  number('p05', 'Borne basse', '5 chances sur 100 d’être en dessous', 1),
  number('p95', 'Borne haute', '5 chances sur 100 d’être au-dessus', 1),
]

/** The numbers of town sheets: expected requests, projected waits, levers. One sheet or all of them. */
export function briefTables(briefs: readonly Brief[]): TableExport[] {
  const [first] = briefs
  const name = briefs.length === 1 ? `fiche-${first?.insee ?? ''}` : `fiches-${first?.department.code ?? ''}`
  const origin = [
    { label: 'Situation au', text: first?.asOf ?? '' },
    { label: 'Dernière attente publiée le', text: first?.lastPublishedOn ?? 'aucune' },
    { label: 'Sources', text: [...new Set(briefs.flatMap(brief => brief.sources))].join(' ; ') },
    ...briefs.flatMap(brief =>
      absencesOf(brief).map(reason => ({ label: `Absent, ${brief.name}`, text: reason })),
    ),
  ]
  const of = (brief: Brief) => [brief.insee, brief.name]
  return [
    {
      name: `${name}-demandes`,
      title: 'Demandes attendues',
      columns: [
        ...PLACE,
        ...QUARTER,
        number('moyenne', 'Attendu', 'Demandes de cartes d’identité et de passeports', 1),
        ...BOUNDS,
      ],
      rows: briefs.flatMap(brief =>
        'reason' in brief.demand
          ? []
          : brief.demand.quarters.map((one): ExportCell[] => [
              ...of(brief),
              one.quarter,
              one.status,
              rounded(one.mean),
              rounded(one.quantiles.p05),
              rounded(one.quantiles.p95),
            ]),
      ),
      origin,
    },
    {
      name: `${name}-attentes`,
      title: 'Attentes projetées',
      columns: [
        ...PLACE,
        ...QUARTER,
        number('mediane_jours', 'Médiane (jours)', 'Vide au-delà du calendrier connu du modèle', 1),
        number('p05_jours', 'Borne basse (jours)', '5 chances sur 100 d’être en dessous', 1),
        number('p95_jours', 'Borne haute (jours)', '5 chances sur 100 d’être au-dessus', 1),
        number('probabilite', 'Probabilité de dépasser', 'Part des trajectoires au-dessus de 30 jours', 3),
      ],
      rows: briefs.flatMap(brief =>
        'reason' in brief.wait.projection
          ? []
          : brief.wait.projection.quarters.map((one): ExportCell[] => [
              ...of(brief),
              one.quarter,
              one.status,
              rounded(one.medianDays),
              rounded(one.low90),
              rounded(one.high90),
              one.probabilityOver,
            ]),
      ),
      origin,
    },
    {
      name: `${name}-leviers`,
      title: 'Leviers',
      columns: [
        ...PLACE,
        text('levier', 'Levier', 'Nom du levier'),
        text('changement', 'Changement', 'Ce qui est décidé'),
        text('trimestre', 'Trimestre', 'Trimestre où l’effet est lu'),
        number('mediane_jours', 'Médiane (jours)', 'Attente avec ce levier, seul', 1),
        number('gain_jours', 'Gain (jours)', 'Jours de moins que si rien n’est décidé, médiane', 1),
        number('gain_p05', 'Gain, borne basse', '5 chances sur 100 d’être en dessous', 1),
        number('gain_p95', 'Gain, borne haute', '5 chances sur 100 d’être au-dessus', 1),
        number('probabilite', 'Probabilité de dépasser', 'Part des trajectoires au-dessus de 30 jours', 3),
        number('semaines', 'Mise en place (semaines)', 'De la décision au premier effet', 0),
        text('origine', 'Origine', 'D’où viennent l’ampleur et le délai'),
      ],
      rows: briefs.flatMap(brief => {
        const { levers } = brief
        return 'reason' in levers
          ? []
          : levers.effects.map((one): ExportCell[] => [
              ...of(brief),
              one.name,
              one.change,
              levers.at,
              rounded(one.medianDays),
              rounded(one.gainedDays),
              rounded(one.gainedLow90),
              rounded(one.gainedHigh90),
              one.probabilityOver,
              one.leadWeeks,
              one.origin,
            ])
      }),
      origin,
    },
  ]
}

/** Every figure of town sheets in one long table: published waits, projected waits, expected requests. */
export function briefFigures(briefs: readonly Brief[]): TableExport {
  const [tables] = briefTables(briefs)
  return {
    name: tables?.name.replace('-demandes', '') ?? 'fiches',
    title: 'Chiffres des fiches',
    columns: [
      ...PLACE,
      text('mesure', 'Mesure', 'attente publiée, attente projetée ou demandes attendues'),
      text('trimestre', 'Trimestre', 'Trimestre, 2027-Q1'),
      text('statut', 'Statut', 'observed : observé ; derived : calculé ; estimated : estimé'),
      text('unite', 'Unité', 'jours ou demandes'),
      number('valeur', 'Valeur', 'Valeur publiée, médiane de l’attente, moyenne des demandes', 1),
      ...BOUNDS,
    ],
    rows: briefs.flatMap((brief): ExportCell[][] => {
      const { wait, demand } = brief
      const line = (
        what: string,
        unit: string,
        one: { quarter: string; status: string },
        numbers: readonly ExportCell[],
      ) => [brief.insee, brief.name, what, one.quarter, one.status, unit, ...numbers]
      return [
        ...wait.own.map(one => line('attente publiée', 'jours', one, [one.days, undefined, undefined])),
        ...('reason' in wait.projection ? [] : wait.projection.quarters).map(one =>
          line('attente projetée', 'jours', one, [one.medianDays, one.low90, one.high90].map(rounded)),
        ),
        ...('reason' in demand ? [] : demand.quarters).map(one =>
          line(
            'demandes attendues',
            'demandes',
            one,
            [one.mean, one.quantiles.p05, one.quantiles.p95].map(rounded),
          ),
        ),
      ]
    }),
    origin: tables?.origin ?? [],
  }
}

/** What a sheet cannot tell, each with its reason; slots are told where a hall's hours were imported, which few are. */
export function absencesOf(brief: Brief): string[] {
  const { demand, wait, levers, grant } = brief
  const reasons = [demand, wait.projection, levers, grant].flatMap(part =>
    'reason' in part && typeof part.reason === 'string' ? [part.reason] : [],
  )
  return [...new Set(reasons)]
}
