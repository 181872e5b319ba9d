import { type Day, isDay } from '../../pure/calendar/day.ts'
import { lastDay, monthOf, quarterOf } from '../../pure/calendar/period.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import { type PiloteIndicator, placeOfZone } from '../../pure/figures/pilote-indicator.ts'
import { type Flaw, flawed } from '../cells/fault.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import type { AdaptedRow, Adapter, Around, ForeignRow } from './adapter.ts'

/** A value as PILOTE and its open barometer hold it. */
interface PiloteValue {
  line: number
  indicator: string
  zone: string
  date: string
  /** Initial, actual and target, as written; empty when not given. */
  initial: string
  actual: string
  target: string
}

const FIELDS = ['period', 'place', 'measure', 'title', 'value', 'statistic', 'target', 'status', 'locator']

/** The import template of PILOTE (DITP-pilotage/pilote-2, `template_import_PILOTE.csv`): a line a value, of type vi, va or vc. */
export const pilote: Adapter = {
  name: 'fichier PILOTE',
  kind: 'indicators',
  signs: ['identifiant_indic', 'zone_id', 'date_valeur', 'type_valeur', 'valeur'],
  reads: {
    identifiant_indic: 'measure',
    zone_id: 'place',
    date_valeur: 'period',
    type_valeur: 'target',
    valeur: 'value',
  },
  fields: FIELDS,
  origin: { document: 'PILOTE' },
  open: valuesOf(cell => {
    const of = (type: string) => (cell('type_valeur').toLowerCase() === type ? cell('valeur') : '')
    return {
      indicator: cell('identifiant_indic'),
      zone: cell('zone_id'),
      date: cell('date_valeur'),
      initial: of('vi'),
      actual: of('va'),
      target: of('vc'),
    }
  }),
}

/** The open barometer of public action (`tous_indicateurs`), which publishes what PILOTE holds: an indicator, a zone, a date. */
export const barometer: Adapter = {
  name: 'baromètre de l’action publique',
  kind: 'indicators',
  signs: [
    'indic_id',
    ['enforce_zone_id', 'zone_id'],
    ['metric_enforce_date', 'metric_date', 'date'],
    ['indic_va', 'va'],
  ],
  reads: {
    indic_id: 'measure',
    enforce_zone_id: 'place',
    metric_enforce_date: 'period',
    indic_vi: 'value',
    indic_va: 'value',
    indic_vc: 'target',
  },
  fields: FIELDS,
  origin: { source: 'Baromètre des résultats de l’action publique', licence: 'Licence Ouverte 2.0' },
  open: valuesOf(cell => ({
    indicator: cell('indic_id'),
    zone: cell('enforce_zone_id') || cell('zone_id'),
    date: cell('metric_enforce_date') || cell('metric_date') || cell('date'),
    initial: cell('indic_vi') || cell('vi'),
    actual: cell('indic_va') || cell('va'),
    target: cell('indic_vc') || cell('vc'),
  })),
}

function valuesOf(read: (cell: ForeignRow) => Omit<PiloteValue, 'line'>): Adapter['open'] {
  return around => {
    const values: PiloteValue[] = []
    return {
      row(cell, line) {
        const value = read(cell)
        values.push({ line, ...value, indicator: value.indicator.toUpperCase() })
        return []
      },
      end: () => piloteFigures(values, around),
    }
  }
}

/**
 * Values of PILOTE as figures: those of the indicators that are known here, by the quarter when all the dates of an
 * indicator end quarters, as in the export of this service, else by the month. An initial value is the first of the actual
 * ones; a target without a value has nowhere to stand.
 */
function piloteFigures(
  values: readonly PiloteValue[],
  { pilote, remarks, refuse }: Pick<Around, 'pilote' | 'remarks' | 'refuse'>,
): AdaptedRow[] {
  const known = new Map(pilote.map(indicator => [indicator.id, indicator]))
  const rows: AdaptedRow[] = []
  const told = [...new Set(values.map(value => value.indicator))]
  if (values.length > 0 && !told.some(id => known.has(id))) {
    refuse(values[0]!.line, unknownIndicators(told))
    return []
  }
  for (const [id, own] of groupBy(values, value => value.indicator)) {
    const indicator = known.get(id)
    if (indicator === undefined) {
      for (const { line } of own)
        remarks.add(
          'rows-left-aside',
          `Indicateur ${id} laissé de côté : PILOTE_INDICATORS ne dit pas quel chiffre il est ici`,
          line,
        )
      continue
    }
    const quarterly = own.every(({ date }) => endsQuarter(dayOf(date)))
    for (const same of groupBy(own, ({ zone, date }) => `${zone}|${date}`).values()) {
      const row = figureOf(indicator, same, quarterly, remarks)
      if (row !== undefined) rows.push(row)
    }
  }
  return rows.sort((a, b) => a.line - b.line)
}

function unknownIndicators(ids: readonly string[]): Flaw {
  const [first] = ids
  return flawed(
    'unknown-indicator',
    `Rien ici ne dit quels chiffres sont les indicateurs ${ids.slice(0, 6).join(', ')}${ids.length > 6 ? '…' : ''}.`,
    `La personne qui tient le service règle PILOTE_INDICATORS, par exemple ${first}=appointment-wait (ou ${first}=issuance-delay:passport), puis envoyez le fichier de nouveau.`,
  ).flaw
}

function figureOf(
  { id, measure, title }: PiloteIndicator,
  same: readonly PiloteValue[],
  quarterly: boolean,
  remarks: Around['remarks'],
): AdaptedRow | undefined {
  const [first] = same
  if (first === undefined) return undefined
  const place = placeOfZone(first.zone)
  if (place === undefined) {
    remarks.add(
      'rows-left-aside',
      'Zone qui n’est ni un département ni la France, laissée de côté',
      first.line,
    )
    return undefined
  }
  const of = (type: 'initial' | 'actual' | 'target') => same.find(value => value[type] !== '')?.[type] ?? ''
  const value = of('actual') || of('initial')
  const target = of('target')
  if (value === '') {
    remarks.add('rows-left-aside', 'Cible sans valeur, ou valeur vide, laissée de côté', first.line)
    return undefined
  }
  const day = dayOf(first.date)
  return {
    line: first.line,
    fields: {
      period: day === undefined ? first.date : quarterly ? quarterOf(day) : monthOf(day),
      place,
      measure,
      title: title ?? '',
      value,
      // Its indicators of delay are means.
      statistic: 'moyenne',
      target: measure === 'issuance-delay' ? target : '',
      locator: id,
    },
  }
}

function dayOf(date: string): Day | undefined {
  const day = date.slice(0, 10)
  if (isDay(day)) return day
  const read = parsePeriod(date)
  return read?.granularity === 'day' ? read.period : undefined
}

function endsQuarter(day: Day | undefined): boolean {
  return day !== undefined && lastDay(quarterOf(day)) === day
}
