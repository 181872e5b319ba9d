import { readHall } from '../cells/hall-cell.ts'
import type { Adapter } from './adapter.ts'

/**
 * Export of RDV Service Public (`app/services/rdv_exporter.rb`, 21 columns; 22 in the export of participations, where an
 * appointment stands once for each person). Names, births and addresses are never looked at.
 */
export const rdvServicePublic: Adapter = {
  name: 'export de RDV Service Public',
  kind: 'appointments',
  signs: ['date prise rdv', 'date rdv', 'motif', 'statut', 'lieu'],
  reads: {
    'date prise rdv': 'booked',
    'date rdv': 'held',
    lieu: 'place',
    Organisation: 'place',
    motif: 'reason',
    statut: 'outcome',
    'commune du premier responsable': 'residence',
    'code postal du premier responsable': 'residence',
  },
  fields: ['booked', 'held', 'place', 'reason', 'outcome', 'residence'],
  open({ context }) {
    const seen = new Set<string>()
    const halls = new Map<string, string>()
    const hallOf = (place: string, organisation: string) => {
      const key = `${place}|${organisation}`
      let hall = halls.get(key)
      if (hall === undefined) {
        const readable = [place, organisation].find(text => text !== '' && 'value' in readHall(text, context))
        hall = readable ?? place
        halls.set(key, hall)
      }
      return hall
    }
    return {
      row(cell, line) {
        const appointment = cell('rdv_id') || cell('id rdv')
        if (appointment !== '' && seen.has(appointment)) return []
        if (appointment !== '') seen.add(appointment)
        const commune = cell('commune du premier responsable')
        const postcode = cell('code postal du premier responsable')
        return [
          {
            line,
            fields: {
              booked: cell('date prise rdv'),
              held: cell('date rdv'),
              place: hallOf(cell('lieu'), cell('Organisation')),
              reason: cell('motif'),
              outcome: cell('statut'),
              residence:
                commune === '' ? '' : `${commune}, ${postcode.padStart(postcode === '' ? 0 : 5, '0')}`,
            },
          },
        ]
      },
    }
  },
}
