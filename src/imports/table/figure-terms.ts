import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { loneText } from './label-shape.ts'
import type { TableRow } from './row.ts'

/** Where a name says a unit: « (semaines) », « en semaines », « Semaines d’attente », « Délai RDV semaines » but not « délai du mois ». */
const unitsOf = (units: string, short: string) =>
  [
    String.raw`[([](?:en\s|nb\.?\s|nombre\sde\s)?(${units}|${short})[)\]]`,
    String.raw`(?<!\p{L})en\s(${units})(?!\p{L}|\s*\d)`,
    String.raw`^(?:(?:nb\.?|nombre)\sde\s)?(${units})\s(?:d['’]|avant\s)`,
    String.raw`(?<!\p{L})unités?\s?:?\s(?:en\s)?(${units}|${short})(?!\p{L})`,
    String.raw`(?<!(?:^|\s)(?:du|par|le|au|ce|chaque|derniers?|de|\d+))[\s_:–-]+(${units})$`,
  ].map(where => new RegExp(where, 'iu'))
const OF_TIME = unitsOf(
  'secondes?|minutes?|heures?|semaines?|mois|trimestres?|ans|années?',
  String.raw`s|sec|mn|min|h|sem\.?|\[?[hm]+\]?:mm(?::ss)?`,
)
const OF_MANY = unitsOf('milliers|millions|k€|m€', String.raw`k|m|%|[x×]\s?1[\s.]?000`)
/** What mixes several periods, or is no wait for an appointment. */
const OF_OTHERS = [
  [
    /gliss|cumul|\bytd\b|year[\s-]to[\s-]date|(?:demand|titre|dossier|cni|passeport|nombre|total|délivr|reçu|dépos)\S*\s(?:\S+\s){0,4}depuis\s(?:le\s)?(?:d[ée]but|1er janv|janv)/i,
    'un cumul mêle plusieurs périodes',
    'Envoyez le chiffre de chaque période prise seule, puis retirez ce mot.',
  ],
  [
    /^\s*(?:\(?\*|\(\d\)|[¹²³]).*(?:à fin\s|jusqu['’]|premiers mois|partiel|incompl|à ce jour)/i,
    'ce qui l’appelle n’est que le début d’une période',
    'Ôtez ces chiffres-là, ou donnez-les mois par mois ; puis retirez cette note.',
  ],
  [
    /attente.*\s(?:en salle|au guichet|sur place)/i,
    'c’est une attente sur place, et non celle d’un rendez-vous',
    'N’envoyez pas ces chiffres : ce qui est suivi ici est le délai avant le rendez-vous.',
  ],
] as const
/** What is no number of titles: a mean of many, or what one desk or one day had of them; a rate, an index; what waits. */
const NO_COUNTS = [
  [
    /^(?!.*(?:délai|attente|durée)).*(?:moyenn?e?s?\b|\bmoy\.|(?:\bpar|\/)\s?(?:jour|semaine|heure|station|dr\b|dispositif|agent|etpt?o?\b|guichet|poste|borne|habitant|hab\b))/i,
    'une moyenne n’est pas un nombre de titres',
    'Envoyez les nombres de chaque mois : une moyenne, par jour, par station ou par mois, ne les dit pas.',
  ],
  [
    /^(?:taux|parts?|proportions?|indices?|ratios?)\s|base 100|pour (?:mille|10{0,2}[\s.]?000)(?!\d)|‰|\bcvs\b|variations saisonnières|désaisonnalis/i,
    'ce n’est pas un nombre de titres',
    'Envoyez les nombres eux-mêmes, tels qu’ils ont été comptés.',
  ],
  [
    /^stocks?(?!\p{L})|en (?:stock|instance)(?!\p{L})/iu,
    'un stock n’est pas ce qui a été reçu ou délivré',
    'Envoyez-le comme « Indicateurs » (# type : indicators), avec une colonne « mesure » remplie de « Dossiers en stock ».',
  ],
] as const
/** Units of figures by the field that holds them: others may be told in anything. */
const OTHER_UNITS: Partial<Record<string, readonly [readonly RegExp[], remedy: string]>> = {
  days: [OF_TIME, 'Convertissez les valeurs en jours (7 par semaine), puis retirez la mention de l’unité.'],
  count: [OF_MANY, 'Écrivez les nombres entiers, puis retirez la mention de l’unité.'],
  euros: [OF_MANY, 'Écrivez les montants en euros, puis retirez la mention de l’unité.'],
}

/** The fault of figures whose heading or title says another unit than theirs: « Délai (en semaines) ». */
export function unitFlaw(figure: string | undefined, texts: readonly string[]): Flaw | undefined {
  for (const [said, what, other] of [...OF_OTHERS, ...(figure === 'count' ? NO_COUNTS : [])]) {
    const text = texts.find(one => said.test(one.normalize('NFC')))
    if (figure !== undefined && text !== undefined)
      return flawed('wrong-unit', `${quoted(text)} : ${what}.`, other).flaw
  }
  const [units = [], remedy = ''] = OTHER_UNITS[figure ?? ''] ?? []
  for (const text of texts)
    for (const where of units) {
      const unit = where
        .exec(text)
        ?.slice(1)
        .find(said => said !== undefined)
      if (unit !== undefined)
        return flawed('wrong-unit', `${quoted(text)} est dit en ${quoted(unit)}.`, remedy).flaw
    }
  return undefined
}

/** Whether a row says nothing but the units of the columns above it: « (semaines) ». */
export function isUnits(cells: readonly string[]): boolean {
  const said = cells.map(cell => cell.trim()).filter(text => text !== '')
  return said.length > 0 && said.every(text => UNIT_ALONE.test(text))
}

const UNIT_ALONE =
  /^[([](?:en\s|nb\.?\s|nombre\sde\s)?(?:nb\.?|nombre|jours?|j|sem\.?|semaines?|mois|heures?|h|minutes?|min|%|€|k€|euros?|milliers|demandes?|dossiers?|titres?|mm-aaaa|mm\/aaaa)[)\]]$/i

/** The fault of a note that says of the figures above it that they are in another unit, or sums. */
export function noteFlaw(figure: string | undefined, note: TableRow): Flaw | undefined {
  return unitFlaw(figure, isUnits(note.cells) ? note.cells : [loneText(note) ?? ''])
}

/** A name as programs write it, with low lines for spaces, as people do. */
const flat = (text: string) => text.normalize('NFC').replaceAll('_', ' ')

/** Which days figures count, as their heading or title says: « Délai (jours ouvrés) ». */
export function saidUnit(texts: readonly string[]): string | undefined {
  return texts.some(text => WORKING.test(flat(text))) ? 'jours ouvrés' : undefined
}

/** Days that are worked. */
export const WORKING = /\bj(?:ours?)?\.?\souvrés?(?!\p{L})/iu

/** From when to when delays are counted, as their heading or title says: « Délai avant le premier créneau libre ». */
export function saidClock(texts: readonly string[]): string | undefined {
  const said = CLOCK_WORDS.filter(([, words]) => texts.some(text => words.test(flat(text))))
  return said.length === 1 ? said[0]![0] : undefined
}

const CLOCK_WORDS = [
  ['premier créneau libre', /(?:premi|prochain|1er).{0,4}\s(?:créneau|rendez-vous|rdv)|créneau libre/i],
  ['de la prise au rendez-vous', /\b(?:prise|réservation)\b.*\s(?:et|à|au)\s.*(?:rendez-vous|rdv|passage)/i],
  [
    'de la demande à la réception',
    /(?:demande|dépôt|recueil)\b.*\s(?:et|à|au)\s.*(?:remise|réception|retrait|mise à disposition)/i,
  ],
  ['instruction seule', /(?:délais?|durée)\s(?:moyen\S*\s|médian\S*\s)?d['’]instruction/i],
] as const

/** What the figures of a column were drawn as, when its name says nothing more: « Délai médian », but not « Médiane nationale ». */
export function ownStatistic(name: string): string | undefined {
  const key = nameKey(name)
  const said = saidStatistic([name]) ?? (key.includes('moyen') ? 'moyenne' : '')
  return /imum$/.test(said) || key.replace(OWN_WORDS, '') !== '' ? undefined : said
}

const OWN_WORDS =
  /delais?|attentes?|durees?|moyen(?:ne)?s?|mediane?s?|rendezvous|rdv|jours?|delivrance|avant|valeurs?|(?:per)?centile|decile|[pq]?[589]0?e?|de|du|dun?|d|en|j/g

/** How figures were drawn from many, as their heading or title says: « Délai médian », « 9e décile du délai ». */
export function saidStatistic(texts: readonly string[]): string | undefined {
  const said = (word: RegExp) => texts.some(text => word.test(nameKey(text)))
  if (said(/moyen/)) return undefined
  const [highest, lowest] = [
    /(?<!\p{L})max(?:i|imums?|imaux)?(?!\p{L})/iu,
    /(?<!\p{L})min(?:i|imums?|imaux)?(?!\p{L})/iu,
  ]
  if (texts.some(text => highest.test(text))) return 'maximum'
  if (texts.some(text => lowest.test(text))) return 'minimum'
  if (said(/median|^[pq]50|[pq]50$/)) return 'médiane'
  if (said(/80e?centile|centile80|8e?decile|^[pq]80|[pq]80$/)) return 'p80'
  return said(/90e?centile|centile90|9e?decile|^[pq]90|[pq]90$/) ? 'p90' : undefined
}
