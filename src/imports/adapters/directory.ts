import { parsedJson } from '../json-table.ts'
import type { AdaptedRow, Adapter } from './adapter.ts'

const DAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

interface OpeningRange {
  nom_jour_debut?: string
  nom_jour_fin?: string
  [hour: `valeur_heure_${string}`]: string | undefined
}

/**
 * The local directory of DILA (`{"service": […]}`, or its API, where nested fields are texts): the hours of a town hall, at
 * most those of its desk of titles. Of several offices in a commune, the one that opens longest.
 */
export const directory: Adapter = {
  name: 'annuaire de l’administration (DILA)',
  kind: 'indicators',
  signs: ['pivot', 'plage_ouverture', 'nom'],
  reads: { pivot: 'place', plage_ouverture: 'value', code_insee_commune: 'place' },
  fields: ['period', 'place', 'measure', 'value', 'status', 'locator'],
  origin: {
    source: 'DILA',
    document: 'Annuaire de l’administration',
    licence: 'Licence Ouverte 2.0',
    address: 'https://api-lannuaire.service-public.gouv.fr',
  },
  open({ context, publishedOn, remarks }) {
    const halls = new Map<string, AdaptedRow & { hours: number }>()
    return {
      row(cell, line) {
        const offices = listOf<{ type_service_local?: string; code_insee_commune?: string | string[] }>(
          cell('pivot'),
        )
        const communes = offices
          .filter(({ type_service_local: type }) => /^mairie/.test(type ?? ''))
          .flatMap(({ code_insee_commune: code }) => code ?? [])
          .filter(code => context.knownCommunes(code).state === 'current')
          .filter(code => context.answersFor?.(code) ?? true)
        const hours = weeklyHours(listOf<OpeningRange>(cell('plage_ouverture')))
        if (communes.length === 0 || hours === 0) {
          remarks.add(
            'rows-left-aside',
            communes.length === 0
              ? 'Service qui n’est pas la mairie d’une commune, laissé de côté'
              : 'Mairie sans horaires, laissée de côté',
            line,
          )
          return []
        }
        for (const commune of communes)
          if (hours > (halls.get(commune)?.hours ?? 0))
            halls.set(commune, {
              line,
              hours,
              fields: {
                period: publishedOn.slice(0, 7),
                place: commune,
                measure: 'weekly-opening',
                value: String(Math.round(hours * 100) / 100),
                status: 'at-most',
                locator: cell('nom').slice(0, 200),
              },
            })
        return []
      },
      end: () => [...halls.values()],
    }
  },
}

function listOf<T>(text: string): T[] {
  const read = parsedJson(text)
  return Array.isArray(read) ? (read as T[]) : []
}

/**
 * Hours open in a week: Monday to Friday is one range of two halves at most, and what overlaps counts once.
 * *Example:* lundi–vendredi 08:30–12:30 and 13:30–17:00, samedi 09:00–12:00: 40,5 hours.
 */
export function weeklyHours(ranges: readonly OpeningRange[]): number {
  const open = DAYS.map((): [number, number][] => [])
  for (const range of ranges) {
    const first = DAYS.indexOf((range.nom_jour_debut ?? '').toLowerCase())
    const last = DAYS.indexOf((range.nom_jour_fin || range.nom_jour_debut || '').toLowerCase())
    if (first < 0 || last < 0) continue
    for (const half of ['1', '2']) {
      const from = hourOf(range[`valeur_heure_debut_${half}`])
      const to = hourOf(range[`valeur_heure_fin_${half}`])
      if (from !== undefined && to !== undefined && to > from)
        for (let day = first; day <= last; day++) open[day]!.push([from, to])
    }
  }
  return open.reduce((sum, slots) => sum + covered(slots), 0)
}

function covered(slots: readonly [number, number][]): number {
  let [hours, until] = [0, 0]
  for (const [from, to] of slots.toSorted((a, b) => a[0] - b[0])) {
    hours += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return hours
}

function hourOf(text: string | undefined): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})/.exec(text ?? '') ?? []
  return hour === undefined ? undefined : Number(hour) + Number(minute) / 60
}
