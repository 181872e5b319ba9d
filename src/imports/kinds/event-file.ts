import type { Day } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import type { Title } from '../../pure/law/title.ts'
import { column } from '../cells/column.ts'
import { readPlannedDay, reversedDays } from '../cells/day-cell.ts'
import { flawed } from '../cells/fault.ts'
import { number } from '../cells/number-cell.ts'
import { readTitle, textColumn, words } from '../cells/word-cell.ts'
import { fileKind, missingValue, type Row } from '../file-kind.ts'
import { locatorColumn, placeColumn } from './figure-columns.ts'
import { COUNT } from './observation-row.ts'

/** Kinds of dated facts that explain delays, with their French names. */
export const EVENT_NATURES = {
  injection: 'injection de dossiers',
  lockdown: 'confinement',
  outage: 'outil indisponible',
  opening: 'ouverture',
  closing: 'fermeture',
  measure: 'mesure',
  law: 'texte de loi',
  other: 'autre',
} as const

/** Code of the nature of an event. */
export type EventNature = keyof typeof EVENT_NATURES

/** A dated fact that explains delays, past or planned. */
export interface EventRow extends Row {
  place: string
  /** `undefined` for all titles. */
  title: Title | undefined
  from: Day
  until: Day
  nature: EventNature
  files: number | undefined
  label: string
  locator: string
}

const dayColumn = column('jour', 'optional', readPlannedDay, {
  aliases: 'day | date | le',
  description: 'Jour du fait, s’il n’a duré qu’un jour.',
  example: '2021-03-31',
})

/** What happened. */
export const events = fileKind({
  label: 'Événements',
  description:
    'Faits datés qui expliquent les délais : injections de dossiers, confinements, pannes, ouvertures.',
  columns: {
    place: placeColumn,
    title: column('titre', 'optional', readTitle, {
      aliases: 'title | type de titre',
      description: 'Titre concerné ; vide pour tous.',
      example: 'permis de conduire',
    }),
    day: dayColumn,
    from: column('du', 'optional', readPlannedDay, {
      aliases: 'from | début | premier jour | depuis',
      description: 'Premier jour, pour un fait qui a duré.',
      example: '2020-03-17',
    }),
    until: column('au', 'optional', readPlannedDay, {
      aliases: 'until | to | fin | dernier jour | jusqu’au | jusqu’à',
      description: 'Dernier jour, compris.',
      example: '2020-05-10',
    }),
    nature: column(
      'nature',
      'always',
      words<EventNature>({
        injection: `injection | ${EVENT_NATURES.injection}`,
        lockdown: `${EVENT_NATURES.lockdown}`,
        outage: `${EVENT_NATURES.outage} | panne | indisponibilité`,
        opening: `${EVENT_NATURES.opening}`,
        closing: `${EVENT_NATURES.closing} | closure`,
        measure: `${EVENT_NATURES.measure}`,
        law: `loi | ${EVENT_NATURES.law} | décret | règlement`,
        other: `${EVENT_NATURES.other} | grève | mouvement social | intempérie`,
      }),
      {
        aliases: 'kind | type',
        description: `Une de ces natures : ${Object.values(EVENT_NATURES).join(', ')}.`,
        example: 'injection',
      },
    ),
    files: column('dossiers', 'optional', number(COUNT), {
      aliases: 'files | nombre de dossiers | nombre',
      description: 'Dossiers concernés, s’ils ont été comptés.',
      example: '8 000',
    }),
    label: textColumn('libellé', 'always', 500, {
      aliases: 'label | description | fait | événement | titre de l’événement | commentaire | intitulé',
      description: 'Le fait en une phrase.',
      example: 'Injection de 8 000 dossiers de permis de conduire',
    }),
    locator: locatorColumn,
  },
  oneOf: ['day', 'from'],
  examples: [
    {
      place: '16',
      title: 'permis de conduire',
      day: '2021-03-31',
      nature: 'injection',
      files: '8 000',
      label: 'Injection de 8 000 dossiers de permis de conduire',
      locator: 'page 3',
    },
    {
      place: 'FR',
      from: '2020-03-17',
      until: '2020-05-10',
      nature: 'confinement',
      label: 'Premier confinement',
      locator: 'décret n° 2020-260',
    },
  ],
  row(cells, line, reject): EventRow {
    const { day, place, title, nature, files, label, locator = '' } = cells
    const [from, until] = day === undefined ? [cells.from, cells.until] : [day, day]
    if (day !== undefined && (cells.from !== undefined || cells.until !== undefined)) {
      reject(
        flawed(
          'conflicting-days',
          '« jour » et « du … au … » sont tous deux remplis.',
          'Donnez « jour » pour un fait d’un jour, sinon « du » et « au ».',
        ).flaw,
        'day',
      )
    } else if (from === undefined) {
      reject(
        missingValue(cells.until === undefined ? 'jour' : 'du', dayColumn.example),
        cells.until === undefined ? 'day' : 'from',
      )
    } else if (until === undefined) reject(missingValue('au', '2020-05-10'), 'until')
    else if (until < from) reject(reversedDays(from, until), 'until')
    return { line, place, title, from: from ?? '', until: until ?? '', nature, files, label, locator }
  },
  subject: ({ place, title, from, nature, label }) => ({
    key: [place, title, from, nature, label].join('|'),
    words: `l’événement du ${frenchDay(from)} (${place}, ${EVENT_NATURES[nature]})`,
  }),
  content: ({ until, files }) => [until, files],
})
