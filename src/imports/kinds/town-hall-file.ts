import { COMMUNE_CODE } from '../../pure/figures/place-code.ts'
import { type CellReader, column } from '../cells/column.ts'
import { readPlannedDay, reversedDays } from '../cells/day-cell.ts'
import { flawed, quoted } from '../cells/fault.ts'
import { number } from '../cells/number-cell.ts'
import { degrees, isInFrance } from '../cells/position.ts'
import { readBoolean, textColumn, words } from '../cells/word-cell.ts'
import { factKind } from '../file-kind.ts'
import { communeColumn, locatorColumn } from './figure-columns.ts'

/** Bounds of the stations of one town hall. */
export const STATIONS = { min: 0, max: 200, integer: true }

/** Reads the numbers of desks at France Titres: 5 characters, department first. */
const readDesks: CellReader<string> = text => {
  const numbers = text.toUpperCase().split(/[\s,/]+/)
  const wrong = numbers.find(number => !COMMUNE_CODE.test(number))
  return wrong === undefined
    ? { value: [...new Set(numbers)].toSorted().join(' ') }
    : flawed(
        'invalid-desk-number',
        `${quoted(wrong)} n’est pas un numéro UGF.`,
        'Écrivez ses 5 caractères, le département d’abord (16001), ou videz la cellule.',
      )
}

/** Town halls that take requests. */
export const townHalls = factKind({
  label: 'Mairies équipées',
  description: 'Mairies équipées de stations biométriques, avec leur position et leur nombre de stations.',
  columns: {
    commune: communeColumn,
    name: textColumn('nom', 'optional', 200, {
      aliases: 'name | nom de la mairie | nom mairie | libellé',
      description: 'Nom, quand il diffère de celui de la commune.',
      example: 'Mairie annexe',
    }),
    stations: column('stations', 'optional', number(STATIONS), {
      aliases:
        'dr | dr actifs | dr fixes | nombre de dr | nb de dr | nb dr | stations fixes | dispositifs | dispositifs de recueil | nombre de stations | nb de stations | nb stations | postes',
      description: 'Nombre de stations biométriques ; vide s’il est inconnu.',
      example: '2',
    }),
    openedOn: column('ouverture', 'optional', readPlannedDay, {
      aliases:
        'opened | opened on | ouverte le | date d’ouverture | mise en service | date d’installation | installée le',
      description: 'Premier jour du service, s’il est connu.',
      example: '2017-03-21',
    }),
    closedOn: column('fermeture', 'optional', readPlannedDay, {
      aliases: 'closed | closed on | fermée le | date de fermeture',
      description: 'Dernier jour du service, s’il a cessé.',
      example: '2024-06-30',
    }),
    latitude: column('latitude', 'optional', number({ min: -90, max: 90 }), {
      aliases: 'lat',
      description: 'Latitude en degrés (WGS 84).',
      example: '45,6494',
    }),
    longitude: column('longitude', 'optional', number({ min: -180, max: 180 }), {
      aliases: 'lon | lng | long',
      description: 'Longitude en degrés (WGS 84).',
      example: '0,1567',
    }),
    status: column(
      'statut',
      'optional',
      words<'confirmed' | 'to-confirm'>({
        confirmed: 'confirmée | confirmé | oui',
        'to-confirm': 'à confirmer | non confirmée | incertaine',
      }),
      {
        aliases: 'status | état',
        description: 'Confirmée (par défaut) ou à confirmer.',
        example: 'confirmée',
      },
    ),
    withoutAppointment: column('sans rendez-vous', 'optional', readBoolean, {
      aliases: 'sans rdv | without appointment | walk-in',
      description: 'Oui quand la mairie reçoit sans rendez-vous ; non par défaut.',
      example: 'non',
    }),
    ugf: column('UGF', 'optional', readDesks, {
      aliases: 'numéro ugf | code ugf | ugfs',
      description: 'Numéros de ses guichets chez France Titres, 5 caractères chacun, séparés par une espace.',
      example: '16001',
    }),
    locator: locatorColumn,
  },
  examples: [
    { commune: '16015', stations: '4', latitude: '45,6494', longitude: '0,1567', status: 'à confirmer' },
    { commune: '16102', stations: '2', latitude: '45,6958', longitude: '-0,3292', status: 'à confirmer' },
  ],
  check({ latitude, longitude, openedOn, closedOn }, reject) {
    if (openedOn !== undefined && closedOn !== undefined && closedOn < openedOn) {
      reject(reversedDays(openedOn, closedOn), 'closedOn')
    }
    if ((latitude === undefined) !== (longitude === undefined)) {
      reject(
        flawed(
          'incomplete-position',
          `La ${latitude === undefined ? 'latitude' : 'longitude'} manque.`,
          'Donnez la latitude et la longitude, ou aucune des deux.',
        ).flaw,
        latitude === undefined ? 'latitude' : 'longitude',
      )
    }
    if (latitude !== undefined && longitude !== undefined && !isInFrance(latitude, longitude)) {
      reject(
        flawed(
          'outside-france',
          `La position ${degrees(latitude)} ; ${degrees(longitude)} n’est pas en France.`,
          isInFrance(longitude, latitude)
            ? 'La latitude et la longitude semblent inversées.'
            : 'Donnez la position en degrés décimaux (WGS 84).',
        ).flaw,
        'latitude',
      )
    }
  },
  subject: ({ commune }) => ({ key: commune, words: `la commune ${commune}` }),
})
