import { CLOCKS, type Clock, type Statistic, type Unit } from '../../pure/figures/measure.ts'
import { column } from '../cells/column.ts'
import { flawed, quoted } from '../cells/fault.ts'
import { namesIn } from '../cells/name.ts'
import { number } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { words } from '../cells/word-cell.ts'
import { placeColumn, placeOrCertColumn, titleColumn } from './figure-columns.ts'
import { figureKind } from './figure-kind.ts'
import { DAYS } from './observation-row.ts'

const PERIODS = 'period | trimestre | quarter | semestre | année scolaire | mois | month | semaine | date'
const periodColumn = column('période', 'always', period('month', 'quarter', 'year'), {
  aliases: PERIODS,
  description: 'Trimestre ou mois.',
  example: 'T1 2021',
})

const waitPeriodColumn = column('période', 'always', period('day', 'month', 'quarter', 'year'), {
  aliases: `${PERIODS} | jour | day | jour du relevé | relevé le | relevé`,
  description: 'Trimestre, mois, ou jour du relevé : un trimestre est alors la moyenne de ses mois.',
  example: 'T1 2021',
})

const daysColumn = column('jours', 'always-column', number(DAYS), {
  aliases: `days | délai | attente | délai rdv | délai de rdv | délai de rendez-vous | attente rdv
    | attente de rendez-vous | valeur | value | delay | wait`,
  description: 'Délai en jours ; vide seulement pour un chiffre retiré.',
  example: '13,5',
})

const ISSUANCE_CLOCKS = {
  'issued-in-period': `délivrés dans la période | ${CLOCKS['issued-in-period']}`,
  'decided-in-period': `décidés dans la période | ${CLOCKS['decided-in-period']}`,
  'request-to-receipt': `de la demande à la réception | ${CLOCKS['request-to-receipt']}`,
  'instruction-only': `instruction seule | ${CLOCKS['instruction-only']}`,
} as const
const WAIT_CLOCKS = {
  'appointment-as-published': `attente telle que publiée | ${CLOCKS['appointment-as-published']}`,
  'first-free-slot': `premier créneau libre | premier créneau | ${CLOCKS['first-free-slot']}`,
  'booked-to-seen': `de la prise au rendez-vous | ${CLOCKS['booked-to-seen']}`,
} as const

function clockAmong<C extends Clock>(names: Record<C, string>) {
  return column('horloge', 'optional', words(names), {
    aliases: 'clock | définition | definition | ce qui est mesuré',
    description: 'De quand à quand le délai est compté, et sur quels dossiers.',
    example: namesIn(Object.values<string>(names)[0]!)[0]!,
  })
}

/** How a delay of any kind is counted, when a file says it. */
export const clockColumn = clockAmong({ ...ISSUANCE_CLOCKS, ...WAIT_CLOCKS })

const DELAY_STATISTICS = {
  mean: 'moyenne | moyen',
  median: 'médiane | médian',
  p80: '80e centile | centile 80 | 8e décile | p80 | q80',
  p90: '90e centile | centile 90 | 9e décile | p90 | q90',
  minimum: 'minimum | min',
  maximum: 'maximum | max',
  'as-published': 'telle que publiée | tel que publié | non précisée',
}

/** How many values became one, of a measure of any kind. */
export const readStatistic = words<Statistic>({
  ...DELAY_STATISTICS,
  total: 'total | somme',
  rate: 'taux | part',
})

/** How many values became one. */
export const statisticColumn = column(
  'statistique',
  'optional',
  words<keyof typeof DELAY_STATISTICS>(DELAY_STATISTICS),
  {
    aliases: 'statistic | stat',
    description:
      'Moyenne, médiane, 80e ou 90e centile, minimum, maximum, ou telle que publiée quand la source ne le dit pas. La part dans l’objectif et l’âge du plus ancien sont des « Indicateurs ».',
    example: 'moyenne',
  },
)

const DAY_UNITS = {
  'unspecified-day': 'non précisée | jours | jour | j | day | days',
  'calendar-day': 'jours calendaires | calendaires | calendaire | jours francs',
  'working-day': 'jours ouvrés | ouvrés | ouvré',
}

/** The unit of a measure of any kind. */
export const readUnit = words<Unit>({
  ...DAY_UNITS,
  count: 'nombre | unités | dossiers | demandes | titres | heures',
  percent: 'pour cent | pourcentage | pourcent',
  euro: 'euros | € | eur',
})

const readDays = words<keyof typeof DAY_UNITS>(DAY_UNITS)
const readDayUnit: typeof readDays = (text, context) =>
  /^(?:minutes?|heures?|h|semaines?|sem\.?|mois|années?|ans?)$/i.test(text)
    ? flawed(
        'wrong-unit',
        `${quoted(text)} : un délai est compté ici en jours.`,
        'Convertissez la valeur en jours (7 par semaine), puis écrivez « jours ».',
      )
    : readDays(text, context)

/** Which days a delay counts. */
export const unitColumn = column('unité', 'optional', readDayUnit, {
  aliases: 'unit',
  description: 'Jours calendaires, jours ouvrés, ou non précisée (par défaut).',
  example: 'jours calendaires',
})

/** Delay aimed at. */
export const targetColumn = column('cible', 'optional', number(DAYS), {
  aliases: 'target | target days | objectif | objectif (jours) | cible (jours) | cible en jours',
  description: 'Délai visé, en jours, quand le document en donne un.',
  example: '15',
})

/** How long titles took to be issued. */
export const issuanceDelays = figureKind({
  figure: 'days',
  label: 'Délais de délivrance',
  description:
    'Délai de délivrance de chaque titre, d’un département ou d’un CERT, par trimestre ou par mois.',
  columns: {
    period: periodColumn,
    title: { ...titleColumn, aliases: [...titleColumn.aliases, 'indicateur', 'catégorie'] },
    place: placeOrCertColumn,
    days: daysColumn,
    target: targetColumn,
    clock: clockAmong(ISSUANCE_CLOCKS),
    statistic: statisticColumn,
    unit: unitColumn,
  },
  examples: [
    { title: 'permis de conduire', days: '14', status: 'observé', locator: 'diapositive 12' },
    {
      period: 'T2 2021',
      title: 'permis de conduire',
      days: '31',
      status: 'observé',
      locator: 'diapositive 12',
    },
  ],
  said: ({ title, statistic, unit, clock, days, target }) => ({
    measure: 'issuance-delay',
    title,
    statistic,
    unit,
    clock,
    value: days,
    targetDays: target,
  }),
})

/** What columns of first free slots are called, told by their days or in days. */
const FIRST_SLOTS = ['premier', '1er', 'prochain'].flatMap(which =>
  ['créneau', 'rdv', 'rendez-vous'].flatMap(what =>
    ['libre', 'disponible'].map(state => `${which} ${what} ${state}`),
  ),
)

/** How long people waited for an appointment at a town hall. */
export const appointmentWaits = figureKind({
  figure: 'days',
  label: 'Attentes de rendez-vous',
  description: 'Attente d’un rendez-vous en mairie, par lieu, par trimestre, par mois ou par jour de relevé.',
  columns: {
    period: waitPeriodColumn,
    place: placeColumn,
    days: { ...daysColumn, aliases: [...daysColumn.aliases, ...FIRST_SLOTS] },
    clock: clockAmong(WAIT_CLOCKS),
    statistic: statisticColumn,
    unit: unitColumn,
  },
  examples: [
    { period: 'T3 2021', place: '16', days: '39', status: 'observé', locator: 'page 4' },
    { period: '2022-03', place: '16015', days: '60,5', clock: 'premier créneau libre', status: 'censuré' },
  ],
  said: ({ statistic, unit, clock, days }) => ({
    measure: 'appointment-wait',
    statistic,
    unit,
    clock,
    value: days,
  }),
})
