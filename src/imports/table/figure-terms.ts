import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'

const OF_TIME =
  /[([](?:en\s)?(heures?|h|semaines?|sem\.?|mois|ans?|années?)[)\]]|\ben\s(heures|semaines|mois|années)\b/i
const OF_MANY = /[([](?:en\s)?(milliers|millions|k€|m€|k|%)[)\]]|\ben\s(milliers|millions|k€|m€)(?!\p{L})/iu
/** Units of figures by the field that holds them: others may be told in anything. */
const OTHER_UNITS: Partial<Record<string, readonly [RegExp, remedy: string]>> = {
  days: [OF_TIME, 'Convertissez les valeurs en jours (7 par semaine), puis retirez l’unité de son nom.'],
  count: [OF_MANY, 'Écrivez les nombres entiers, puis retirez l’unité de son nom.'],
  euros: [OF_MANY, 'Écrivez les montants en euros, puis retirez l’unité de son nom.'],
}

/** The fault of figures whose heading or title says another unit than theirs: « Délai (en semaines) ». */
export function unitFlaw(figure: string | undefined, texts: readonly string[]): Flaw | undefined {
  const [units, remedy] = OTHER_UNITS[figure ?? ''] ?? []
  const text = units && texts.find(one => units.test(one))
  if (text === undefined || remedy === undefined) return undefined
  const [, short, long] = units!.exec(text)!
  return flawed('wrong-unit', `${quoted(text)} est dit en ${quoted(short ?? long ?? '')}.`, remedy).flaw
}

/** Which days figures count, as their heading or title says: « Délai (jours ouvrés) ». */
export function saidUnit(texts: readonly string[]): string | undefined {
  return texts.some(text => WORKING.test(text)) ? 'jours ouvrés' : undefined
}

/** Days that are worked. */
export const WORKING = /\bj(?:ours?)?\.?\souvrés?(?!\p{L})/iu

/** How figures were drawn from many, as their heading or title says: « Délai médian », « 9e décile du délai ». */
export function saidStatistic(texts: readonly string[]): string | undefined {
  const said = (word: RegExp) => texts.some(text => word.test(nameKey(text)))
  if (said(/moyen/)) return undefined
  if (said(/median/)) return 'médiane'
  if (said(/80e?centile|centile80|8e?decile|^[pq]80|[pq]80$/)) return 'p80'
  return said(/90e?centile|centile90|9e?decile|^[pq]90|[pq]90$/) ? 'p90' : undefined
}
