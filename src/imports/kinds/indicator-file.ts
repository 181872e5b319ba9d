import { type Clock, MEASURES, type Measure, type Statistic, type Unit } from '../../pure/figures/measure.ts'
import { frenchShortNumber } from '../../pure/french/french.ts'
import { column } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { checkNumber, type NumberRule, readNumber, type WrittenNumber } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { type Names, readTitle, words } from '../cells/word-cell.ts'
import { clockColumn, PERCENTILES, statisticColumn, targetColumn, unitColumn } from './delay-file.ts'
import { placeOrCertColumn, titleColumn } from './figure-columns.ts'
import { figureKind } from './figure-kind.ts'
import { COUNT, DAYS, plainMeasure } from './observation-row.ts'

/** What else people call what is measured. */
const ALSO_CALLED: Partial<Record<Measure, readonly string[]>> = {
  'issuance-delay': ['délai moyen de délivrance', 'délai de délivrance moyen'],
  'issued-within-target': [
    'part dans l’objectif',
    'taux dans l’objectif',
    'part des titres délivrés dans les délais',
    'part dans les délais',
  ],
  'oldest-file-age': ['âge du plus ancien', 'plus ancien dossier', 'ancienneté du plus vieux dossier'],
  'appointment-wait': [
    'délai de rendez-vous',
    'délai rdv',
    'attente rdv',
    'délai d’obtention d’un rendez-vous',
  ],
  'no-show-rate': ['taux d’absence', 'taux de rendez-vous non honorés', 'taux de rdv non honorés'],
  applications: ['demandes', 'demandes déposées', 'dossiers déposés', 'dossiers reçus'],
  'titles-issued': ['titres produits', 'titres remis', 'délivrances'],
  decisions: ['décisions favorables', 'accords'],
  stock: ['stock', 'stock de dossiers', 'dossiers en attente', 'dossiers en cours'],
  'agent-productivity': ['productivité', 'dossiers par agent et par jour'],
  'calls-received': ['appels', 'appels entrants', 'appels téléphoniques', 'appels téléphoniques reçus'],
  'calls-lost': ['appels abandonnés', 'appels non décrochés', 'appels manqués'],
  'calls-answered-rate': ['taux de décroché', 'taux de décrochage', 'taux d’appels traités'],
  'site-visits': ['visites du site', 'visites', 'visites internet', 'fréquentation du site'],
  'equipped-town-halls': ['mairies équipées'],
  grant: ['dotation', 'DTS'],
  population: ['population', 'population municipale'],
}

const measureNames = Object.fromEntries(
  (Object.keys(MEASURES) as Measure[]).map(measure => [
    measure,
    [MEASURES[measure].name, ...(ALSO_CALLED[measure] ?? [])],
  ]),
) as unknown as Record<Measure, Names>

/** Everything that what is measured is called: the head of a column of figures may be one. */
export const MEASURE_WORDS: readonly string[] = Object.values(measureNames).flat()

const PERCENT = { min: 0, max: 100, percent: true }
const RATIO = { min: 0, max: 1_000 }
const EUROS = { min: 0, max: 20_000_000, money: true }

const readStatistic = words<Statistic>({
  mean: ['moyenne', 'moyen'],
  median: ['médiane', 'médian'],
  p80: PERCENTILES.p80,
  p90: PERCENTILES.p90,
  minimum: ['minimum', 'min'],
  maximum: ['maximum', 'max'],
  total: ['total', 'somme'],
  rate: ['taux', 'part'],
  'as-published': ['telle que publiée', 'tel que publié', 'non précisée'],
})

const readUnit = words<Unit>({
  'unspecified-day': ['jours', 'j', 'non précisée'],
  'calendar-day': ['jours calendaires', 'calendaires', 'jours francs'],
  'working-day': ['jours ouvrés', 'ouvrés'],
  count: ['nombre', 'unités', 'dossiers', 'demandes', 'titres', 'heures'],
  percent: ['pour cent', 'pourcentage', 'pourcent'],
  euro: ['euros', '€', 'eur'],
})

/** How a figure of a measure is counted when its file does not say it. */
function usualTerms(measure: Measure): { statistic: Statistic; unit: Unit; clock: Clock } {
  if (measure === 'issuance-delay')
    return { statistic: 'mean', unit: 'unspecified-day', clock: 'issued-in-period' }
  if (measure === 'oldest-file-age')
    return { statistic: 'maximum', unit: 'unspecified-day', clock: 'not-a-delay' }
  if (MEASURES[measure].unit === 'day')
    return { statistic: 'as-published', unit: 'unspecified-day', clock: 'appointment-as-published' }
  return { ...plainMeasure(measure), clock: 'not-a-delay' }
}

function ruleOf(measure: Measure): NumberRule {
  const { unit } = MEASURES[measure]
  if (unit === 'percent') return PERCENT
  if (unit === 'day') return DAYS
  if (unit === 'euro') return EUROS
  return measure === 'agent-productivity' || measure === 'weekly-opening' ? RATIO : COUNT
}

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
      aliases: ['period', 'mois', 'month', 'trimestre', 'quarter', 'année', 'year', 'date'],
      description: 'Mois, trimestre ou année.',
      example: '2021-11',
    }),
    place: placeOrCertColumn,
    measure: column('mesure', 'always', words(measureNames), {
      aliases: ['measure', 'indicateur', 'indicator'],
      description: 'Ce qui est mesuré, par son code ou son nom français.',
      example: 'calls-received',
    }),
    title: column('titre', 'optional', readTitle, {
      aliases: titleColumn.aliases,
      description: 'Titre concerné, s’il y en a un.',
      example: 'permis de conduire',
    }),
    value: column('valeur', 'always-column', readNumber, {
      aliases: ['value', 'nombre', 'taux', 'chiffre'],
      description: 'Nombre, ou taux en pour cent ; vide seulement pour un chiffre retiré.',
      example: '77,8 %',
    }),
    target: targetColumn,
    clock: clockColumn,
    statistic: column('statistique', 'optional', readStatistic, {
      aliases: statisticColumn.aliases,
      description: 'Comment plusieurs valeurs n’en font qu’une, quand ce n’est pas celle de la mesure.',
      example: 'médiane',
    }),
    unit: column('unité', 'optional', readUnit, {
      aliases: unitColumn.aliases,
      description: 'Unité, quand ce n’est pas celle de la mesure.',
      example: 'jours calendaires',
    }),
  },
  examples: [
    {
      period: '2021-11',
      place: '16',
      measure: 'Taux d’appels décrochés',
      value: '77,8 %',
      locator: 'diapositive 30',
    },
    {
      period: '2021-08',
      place: '16',
      measure: 'Dossiers en stock',
      title: 'permis de conduire',
      value: '12 000',
      status: 'estimé',
    },
  ],
  said({ measure, title, value, target, ...terms }, reject) {
    const usual = usualTerms(measure)
    const rule = ruleOf(measure)
    const asked = value && rule === PERCENT ? fractionFlaw(value) : undefined
    if (asked) reject(asked, 'value')
    const checked = value && checkNumber(value, frenchShortNumber(value.value, 6), rule)
    if (checked && 'flaw' in checked) reject(checked.flaw, 'value')
    return {
      measure,
      title,
      statistic: terms.statistic ?? usual.statistic,
      unit: terms.unit ?? usual.unit,
      clock: terms.clock ?? usual.clock,
      value: value?.value,
      targetDays: measure === 'issuance-delay' || measure === 'issued-within-target' ? target : undefined,
    }
  },
})
