import type { Adapter } from './adapter.ts'
import { PILOTE_FIELDS, type PiloteValue, piloteFigures } from './pilote-values.ts'

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
  fields: PILOTE_FIELDS,
  origin: { document: 'PILOTE' },
  open(around) {
    const values: PiloteValue[] = []
    return {
      row(cell, line) {
        const type = cell('type_valeur').toLowerCase()
        const value = cell('valeur')
        values.push({
          line,
          indicator: cell('identifiant_indic').toUpperCase(),
          zone: cell('zone_id'),
          date: cell('date_valeur'),
          initial: type === 'vi' ? value : '',
          actual: type === 'va' ? value : '',
          target: type === 'vc' ? value : '',
        })
        return []
      },
      end: () => piloteFigures(values, around),
    }
  },
}
