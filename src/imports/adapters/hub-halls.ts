import { COMMUNE_CODE } from '../../pure/figures/place-code.ts'
import { parseDay } from '../cells/day-cell.ts'
import { communeIn } from '../cells/hall-cell.ts'
import { nameKey } from '../cells/name.ts'
import type { AdaptedRow, Adapter, Around } from './adapter.ts'

/** What a table of the national booking site says of one desk. */
interface HubDesk {
  line: number
  /** Number of the desk at France Titres: 5 digits, department first. */
  ugf: string
  city: string
  postcode: string
  fields: Readonly<Record<string, string>>
}

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

/** The number of a desk as it should be, whatever a spreadsheet made of it: `1004` and `1004,0` are `01004`. */
function deskNumber(text: string): string {
  const bare = text
    .trim()
    .toUpperCase()
    .replace(/[.,]0+$/, '')
  return /^\d{4}$/.test(bare) ? `0${bare}` : bare
}

function desksOf(read: (cell: (name: string) => string) => Omit<HubDesk, 'line'>): Adapter['open'] {
  return around => {
    const desks: HubDesk[] = []
    return {
      row(cell, line) {
        desks.push({ line, ...read(cell) })
        return []
      },
      end: () => hallsOfDesks(desks, around),
    }
  }
}

/**
 * Desks of the national booking site gathered by commune, which is what a town hall is here: the commune is looked for by
 * its name in the department that the number begins with. A desk whose commune cannot be told is left aside and named.
 */
function hallsOfDesks(
  desks: readonly HubDesk[],
  { context, remarks }: Pick<Around, 'context' | 'remarks'>,
): AdaptedRow[] {
  const halls = new Map<string, HubDesk[]>()
  for (const desk of desks) {
    const commune = communeOf(desk, context)
    if (commune === undefined) {
      remarks.add(
        'rows-left-aside',
        `Point « ${desk.city} » (${desk.ugf}) laissé de côté : sa commune n’est pas reconnue`,
        desk.line,
      )
      continue
    }
    if (context.answersFor !== undefined && !context.answersFor(commune)) {
      remarks.add(
        'rows-left-aside',
        'Points de communes dont votre compte ne répond pas, laissés de côté',
        desk.line,
      )
      continue
    }
    halls.set(commune, [...(halls.get(commune) ?? []), desk])
  }
  return [...halls].map(([commune, own]) => ({ line: own[0]!.line, fields: mergedFields(commune, own) }))
}

function communeOf({ ugf, city, postcode }: HubDesk, context: Around['context']): string | undefined {
  const place = /^(97\d|\d{2}|2[AB])/.exec(ugf)?.[1]
  // Districts of Paris, Lyon and Marseille have no code of their own here.
  const name = city.replace(/\s+\d{1,2}\s?(?:er|e|ème|eme)?(?:\s+arrondissement)?$/i, '')
  const near =
    postcode === '' && place !== undefined
      ? `${place.slice(0, 2).replace(/2[AB]/, '20')}${place[2] ?? '0'}00`
      : postcode.padStart(5, '0')
  return communeIn(`${name}, ${near}`, { ...context, defaultPlace: undefined })
}

function mergedFields(commune: string, desks: readonly HubDesk[]): Record<string, string> {
  const all = (field: string) => desks.map(({ fields }) => fields[field] ?? '').filter(text => text !== '')
  const numbers = [...new Set(desks.map(({ ugf }) => ugf))].filter(ugf => COMMUNE_CODE.test(ugf))
  return {
    commune,
    ugf: numbers.toSorted().join(' '),
    openedOn: earliest(all('openedOn')),
    // A hall with one desk by appointment gives appointments.
    withoutAppointment: all('withoutAppointment').every(text => text === 'oui')
      ? (all('withoutAppointment')[0] ?? '')
      : 'non',
  }
}

function earliest(days: readonly string[]): string {
  return days.map(day => parseDay(day) ?? day).toSorted()[0] ?? ''
}
