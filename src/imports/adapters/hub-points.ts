import type { Adapter } from './adapter.ts'
import { deskNumber, desksOf } from './hub-halls.ts'

/** The table of numbers of the national booking site (third sheet of `/updateMeetingPoints`): each desk, its editor, its number. */
export const hubPoints: Adapter = {
  name: 'table UGF de France Titres',
  kind: 'town-halls',
  signs: ['UGF', 'city_name', ['editor_name_and_id', 'editor_id', 'id_editor']],
  reads: { UGF: 'ugf', city_name: 'commune' },
  fields: ['commune', 'ugf'],
  origin: { source: 'France Titres', document: 'Points de rencontre du site national de rendez-vous' },
  open: desksOf(cell => ({
    ugf: deskNumber(cell('UGF')),
    city: cell('city_name'),
    postcode: cell('zip_code'),
    fields: {},
  })),
}
