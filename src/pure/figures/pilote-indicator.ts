import { isTitle, type Title } from '../law/title.ts'

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

/** How PILOTE names a zone: `D16`, `D2A`, `FRANCE`; a commune has none. */
export function zoneOf(place: string): string | undefined {
  if (place === 'FR') return 'FRANCE'
  return /^(\d{2}|2[AB]|9[78]\d)$/.test(place) ? `D${place}` : undefined
}

/** The place of a zone of PILOTE; `undefined` for a region, of which nothing is followed. */
export function placeOfZone(zone: string): string | undefined {
  const text = zone.trim().toUpperCase()
  if (/^(FRANCE|FR|NAT)$/.test(text)) return 'FR'
  const [, department] = /^D(0[1-9]|[1-9]\d|2[AB]|9[78]\d)$/.exec(text) ?? []
  return department
}
