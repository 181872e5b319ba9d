import { MEASURES, type Measure } from '../../pure/figures/measure.ts'
import { frenchShortNumber } from '../../pure/french/french.ts'
import { column } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { checkNumber, readNumber, type WrittenNumber } from '../cells/number-cell.ts'
import { period } from '../cells/period-cell.ts'
import { type Names, readTitle, words } from '../cells/word-cell.ts'
import { fileKind } from '../file-kind.ts'
import { locatorColumn, originColumns, placeColumn, statusColumn, titleColumn } from './figure-columns.ts'
import {
  COUNT,
  type ObservationRow,
  observationContent,
  observationRow,
  observationSubject,
  plainMeasure,
  statusOf,
  valueFlaw,
} from './observation-row.ts'

type PlainMeasure = Exclude<Measure, 'issuance-delay' | 'appointment-wait'>

const measureNames = Object.fromEntries(
  (Object.keys(MEASURES) as Measure[])
    .filter(measure => measure !== 'issuance-delay' && measure !== 'appointment-wait')
    .map(measure => [measure, [MEASURES[measure].name]]),
) as unknown as Record<PlainMeasure, Names>

const PERCENT = { min: 0, max: 100, percent: true }
const RATIO = { min: 0, max: 1_000 }

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

/** Everything else the committee follows: calls, visits, stock, productivity. */
export const indicators = fileKind({
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
    place: placeColumn,
    measure: column('mesure', 'always', words(measureNames), {
      aliases: ['measure', 'indicateur', 'indicator'],
      description:
        'Ce qui est mesuré, par son code ou son nom français ; les délais ont leurs propres fichiers.',
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
    status: statusColumn,
    locator: locatorColumn,
    ...originColumns,
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
  row(cells, line, reject): ObservationRow {
    const { measure } = cells
    const flaw = valueFlaw(cells.value?.value, statusOf(cells), 'valeur', '412')
    if (flaw) reject(flaw, 'value')
    const plain = plainMeasure(measure)
    const rule = plain.unit === 'percent' ? PERCENT : measure === 'agent-productivity' ? RATIO : COUNT
    if (cells.value && rule === PERCENT) {
      const asked = fractionFlaw(cells.value)
      if (asked) reject(asked, 'value')
    }
    const checked = cells.value && checkNumber(cells.value, frenchShortNumber(cells.value.value, 6), rule)
    if (checked && 'flaw' in checked) reject(checked.flaw, 'value')
    return observationRow(cells, line, {
      measure,
      statistic: plain.statistic,
      unit: plain.unit,
      clock: 'not-a-delay',
      targetDays: undefined,
      title: cells.title,
      variant: '',
      value: cells.value?.value,
    })
  },
  subject: observationSubject,
  content: observationContent,
})
