import type { Day } from '../pure/calendar/day.ts'
import { lastDay } from '../pure/calendar/period.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { isTitle, type Title } from '../pure/law/title.ts'

/** An indicator of PILOTE and the figure that it is here. */
export interface PiloteIndicator {
  id: string
  measure: 'appointment-wait' | 'issuance-delay'
  title: Title | undefined
}

const WRITTEN = /^(IND-\d{3,4})=(?:(appointment-wait)|(issuance-delay):([a-z0-9-]+))$/

/**
 * Reads which indicators are which figures: `IND-123=appointment-wait, IND-124=issuance-delay:passport`; `undefined` when a
 * part cannot be read.
 */
export function readIndicators(text: string): PiloteIndicator[] | undefined {
  const indicators: PiloteIndicator[] = []
  for (const part of text.split(/[\s,;]+/).filter(one => one !== '')) {
    const [, id, wait, delay, title] = WRITTEN.exec(part) ?? []
    if (id === undefined) return undefined
    if (wait !== undefined) indicators.push({ id, measure: 'appointment-wait', title: undefined })
    else if (delay !== undefined && title !== undefined && isTitle(title))
      indicators.push({ id, measure: 'issuance-delay', title })
    else return undefined
  }
  return indicators
}

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

/** How PILOTE names a zone: `D16`, `D2A`, `FRANCE`; a commune has none. */
export function zoneOf(place: string): string | undefined {
  if (place === 'FR') return 'FRANCE'
  return /^(\d{2}|2[AB]|9[78]\d)$/.test(place) ? `D${place}` : undefined
}

/** The first quarter published as initial value, the later ones as actual, the target in force as target. */
export function piloteRows(
  { id }: PiloteIndicator,
  { place, points, targetDays }: Pick<QuarterlySeries, 'place' | 'points' | 'targetDays'>,
  placeName: string,
): PiloteRow[] {
  const zone = zoneOf(place)
  const last = points.at(-1)
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
    ...points.map(({ quarter, days }, i) => row(lastDay(quarter), i === 0 ? 'vi' : 'va', days)),
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
