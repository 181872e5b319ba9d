import type { Adapter } from './adapter.ts'
import { PILOTE_FIELDS, type PiloteValue, piloteFigures } from './pilote-values.ts'

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
  fields: PILOTE_FIELDS,
  origin: { source: 'Baromètre des résultats de l’action publique', licence: 'Licence Ouverte 2.0' },
  open(around) {
    const values: PiloteValue[] = []
    return {
      row(cell, line) {
        values.push({
          line,
          indicator: cell('indic_id').toUpperCase(),
          zone: cell('enforce_zone_id') || cell('zone_id'),
          date: cell('metric_enforce_date') || cell('metric_date') || cell('date'),
          initial: cell('indic_vi') || cell('vi'),
          actual: cell('indic_va') || cell('va'),
          target: cell('indic_vc') || cell('vc'),
        })
        return []
      },
      end: () => piloteFigures(values, around),
    }
  },
}
