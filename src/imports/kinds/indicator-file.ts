import { MEASURES, type Measure } from '../../pure/figures/measure.ts'
import { STOCK_AGE_NAMES, STOCK_AGES, type StockAge } from '../../pure/figures/stock-age.ts'
import { frenchShortNumber } from '../../pure/french/french.ts'
import { column } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { namesIn } from '../cells/name.ts'
import { checkNumber, readNumber, type WrittenNumber } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { words } from '../cells/word-cell.ts'
import {
  clockColumn,
  readStatistic,
  readUnit,
  statisticColumn,
  targetColumn,
  unitColumn,
} from './delay-file.ts'
import { placeOrCertColumn, titleColumn } from './figure-columns.ts'
import { figureKind } from './figure-kind.ts'
import { PERCENT, USUAL_TERMS } from './observation-row.ts'

/** What else people call what is measured. */
const ALSO_CALLED: Partial<Record<Measure, string>> = {
  'issuance-delay': 'délai moyen de délivrance | délai de délivrance moyen',
  'issued-within-target': `part dans l’objectif | taux dans l’objectif | part des titres délivrés dans les délais
    | part dans les délais`,
  'oldest-file-age':
    'âge du plus ancien dossier | âge du plus ancien | plus ancien dossier | ancienneté du plus vieux dossier',
  'appointment-wait': 'délai de rendez-vous | délai rdv | attente rdv | délai d’obtention d’un rendez-vous',
  'no-show-rate': 'taux d’absence | taux de rendez-vous non honorés | taux de rdv non honorés',
  applications: 'demandes | demandes déposées | dossiers déposés | dossiers reçus',
  'titles-issued': 'titres produits | titres remis | délivrances',
  decisions: 'décisions favorables | accords',
  stock: 'stock | stock de dossiers | dossiers en attente | dossiers en cours',
  'agent-productivity': 'productivité | dossiers par agent et par jour',
  'calls-received': 'appels | appels entrants | appels téléphoniques | appels téléphoniques reçus',
  'calls-lost': 'appels abandonnés | appels non décrochés | appels manqués',
  'calls-answered-rate': 'taux de décroché | taux de décrochage | taux d’appels traités',
  'site-visits': 'visites du site | visites | visites internet | fréquentation du site',
  'equipped-town-halls': 'mairies équipées',
  grant: 'dotation | DTS',
  population: 'population | population municipale',
}

const measureNames = Object.fromEntries(
  (Object.keys(MEASURES) as Measure[]).map(measure => [
    measure,
    [MEASURES[measure].name, ALSO_CALLED[measure]].filter(Boolean).join(' | '),
  ]),
) as Record<Measure, string>

/** Everything that what is measured is called: the head of a column of figures may be one. */
export const MEASURE_WORDS: readonly string[] = Object.values(measureNames).flatMap(namesIn)

const AGE_ALIASES: Record<StockAge, string> = {
  upTo7: 'moins de 8 jours | 0 à 7 jours | 1 à 7 jours | < 8 jours | 7 jours et moins',
  upTo14: '8-14 jours',
  upTo30: '15-30 jours',
  upTo60: '31-60 jours',
  over: '> 60 jours | 61 jours et plus | au-delà de 60 jours',
}
const AGE_WORDS = Object.fromEntries(
  STOCK_AGE_NAMES.map(name => [name, `${STOCK_AGES[name].label} | ${AGE_ALIASES[name]}`]),
) as Record<StockAge, string>
const { flaw: NOT_A_STOCK } = flawed(
  'unexpected-value',
  'Un âge n’est dit que de dossiers en stock.',
  'Videz la cellule, ou écrivez « Dossiers en stock » comme mesure.',
)

/** A spreadsheet holds 77,8 % as 0,778, and a rate under 1 % is written so too: only its writer knows. */
function fractionFlaw({ value, percent }: WrittenNumber): Flaw | undefined {
  if (percent || value <= 0 || value > 1) return undefined
  const [small, large] = [
    frenchShortNumber(value, 6),
    frenchShortNumber(Number((value * 100).toPrecision(12)), 6),
  ]
  return flawed(
    'percent-or-fraction',
    `${quoted(small)} : ${small} % ou ${large} % ?`,
    `Écrivez le signe : « ${large} % » ou « ${small} % ».`,
  ).flaw
}

/** Everything else the committee follows: calls, visits, stock, productivity; and figures of any measure side by side. */
export const indicators = figureKind({
  figure: 'value',
  label: 'Indicateurs',
  description:
    'Autres chiffres suivis : appels, visites du site, réseaux sociaux, décisions, stocks, productivité.',
  columns: {
    period: column('période', 'always', period('month', 'quarter', 'year'), {
      aliases: 'period | mois | month | trimestre | quarter | année | year | date',
      description: 'Mois, trimestre ou année.',
      example: '2021-11',
    }),
    place: placeOrCertColumn,
    measure: column('mesure', 'always', words(measureNames), {
      aliases: 'measure | indicateur | indicator',
      description: 'Ce qui est mesuré, par son code ou son nom français.',
      example: 'calls-received',
    }),
    title: { ...titleColumn, presence: 'optional' as const, description: 'Titre concerné, s’il y en a un.' },
    age: column('âge des dossiers', 'optional', words(AGE_WORDS), {
      aliases: 'âge | ancienneté | tranche d’âge | age | age band',
      description: 'Pour les dossiers en stock : leur tranche d’âge ; vide pour tous ensemble.',
      example: '8 à 14 jours',
    }),
    value: column('valeur', 'always-column', readNumber, {
      aliases: 'value | nombre | taux | chiffre',
      description: 'Nombre, ou taux en pour cent ; vide seulement pour un chiffre retiré.',
      example: '77,8 %',
    }),
    target: targetColumn,
    clock: clockColumn,
    statistic: {
      ...statisticColumn,
      read: readStatistic,
      description: 'Comment plusieurs valeurs n’en font qu’une, quand ce n’est pas celle de la mesure.',
    },
    unit: {
      ...unitColumn,
      read: readUnit,
      description: 'Unité, quand ce n’est pas celle de la mesure.',
    },
  },
  examples: [
    { measure: 'Taux d’appels décrochés', locator: 'diapositive 30' },
    {
      period: '2021-08',
      measure: 'Dossiers en stock',
      title: 'permis de conduire',
      value: '12 000',
      status: 'estimé',
    },
    {
      period: '2021-08',
      measure: 'Dossiers en stock',
      title: 'permis de conduire',
      age: '8 à 14 jours',
      value: '3 000',
      status: 'estimé',
    },
  ],
  said({ measure, title, age, value, target, statistic, unit, clock }, reject) {
    if (age !== undefined && measure !== 'stock') reject(NOT_A_STOCK, 'age')
    const rule = USUAL_TERMS[measure].bounds
    const asked = value && rule === PERCENT ? fractionFlaw(value) : undefined
    if (asked) reject(asked, 'value')
    const checked = value && checkNumber(value, frenchShortNumber(value.value, 6), rule)
    if (checked && 'flaw' in checked) reject(checked.flaw, 'value')
    return {
      measure,
      title,
      variant: age && `age=${age}`,
      statistic,
      unit,
      clock,
      value: value?.value,
      targetDays: measure === 'issuance-delay' || measure === 'issued-within-target' ? target : undefined,
    }
  },
})
