import { nameKey } from '../cells/name.ts'
import type { Adapter } from './adapter.ts'
import { deskNumber, desksOf } from './hub-halls.ts'

/** The certified municipalities of the national booking site (`/updateCertifiedMunicipalities`): since when each hall serves, and which ones do so without appointment. */
export const hubCertified: Adapter = {
  name: 'communes certifiées de France Titres',
  kind: 'town-halls',
  signs: ['UGF', ['Ville', 'city_name'], ['Date d’ouverture du service', 'service_opening_date'], 'Label'],
  reads: {
    UGF: 'ugf',
    Ville: 'commune',
    'Code postal': 'commune',
    'Date d’ouverture du service': 'openedOn',
    Label: 'withoutAppointment',
  },
  fields: ['commune', 'ugf', 'openedOn', 'withoutAppointment'],
  origin: { source: 'France Titres', document: 'Communes certifiées du site national de rendez-vous' },
  open: desksOf(cell => ({
    ugf: deskNumber(cell('UGF')),
    city: cell('Ville') || cell('city_name'),
    postcode: cell('Code postal') || cell('zip_code'),
    fields: {
      openedOn: cell('Date d’ouverture du service') || cell('service_opening_date'),
      withoutAppointment: /sansr(endezvous|dv)/.test(nameKey(cell('Label'))) ? 'oui' : 'non',
    },
  })),
}
