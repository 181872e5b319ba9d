import type { Day } from '../pure/calendar/day.ts'
import { lastDay } from '../pure/calendar/period.ts'
import { type PiloteIndicator, zoneOf } from '../pure/figures/pilote-indicator.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'

/** A line of the import template of PILOTE (DITP-pilotage/pilote-2, `template_import_PILOTE.csv`). */
export interface PiloteRow {
  identifiant_indic: string
  zone_id: string
  zone_nom: string
  date_valeur: Day
  /** Initial, actual or target value. */
  type_valeur: 'vi' | 'va' | 'vc'
  valeur: number
}

/**
 * The first quarter published as initial value, the later ones as actual, the target in force as target: only what was observed, for no
 * column says of a value that it is estimated, or a bound.
 */
export function piloteRows(
  { id }: PiloteIndicator,
  { place, points, targetDays }: Pick<QuarterlySeries, 'place' | 'points' | 'targetDays'>,
  placeName: string,
): PiloteRow[] {
  const zone = zoneOf(place)
  const observed = points.filter(({ status }) => status === 'observed')
  const last = observed.at(-1)
  if (zone === undefined || last === undefined) return []
  const row = (date: Day, type: PiloteRow['type_valeur'], value: number): PiloteRow => ({
    identifiant_indic: id,
    zone_id: zone,
    zone_nom: placeName,
    date_valeur: date,
    type_valeur: type,
    valeur: Math.round(value * 100) / 100,
  })
  return [
    ...observed.map(({ quarter, days }, i) => row(lastDay(quarter), i === 0 ? 'vi' : 'va', days)),
    ...(targetDays === null ? [] : [row(lastDay(last.quarter), 'vc', targetDays)]),
  ]
}

/** The lines as the template has them: semicolons, decimal points, `AAAA-MM-JJ`. */
export function piloteFile(rows: readonly PiloteRow[]): string {
  const lines = rows.map(row =>
    [row.identifiant_indic, row.zone_id, row.zone_nom, row.date_valeur, row.type_valeur, row.valeur].join(
      ';',
    ),
  )
  return `${['identifiant_indic;zone_id;zone_nom;date_valeur;type_valeur;valeur', ...lines].join('\n')}\n`
}
