/** What stands in the place of a figure that is not given, or that is given as a bound or roughly. */
export type Mark =
  | { unknown: 'missing' | 'secret' }
  | { atLeast: string }
  | { atMost: string }
  | { about: string; said?: Standing }

/** What stands behind a figure says of it: not final yet, estimated, corrected since, or nothing but the call of a note. */
export type Standing = 'provisional' | 'estimated' | 'revised' | 'noted'
/** What the notes of a table say that their calls mean: `*`, `p`, `1`. */
export type Legend = ReadonlyMap<string, Standing>

const MISSING =
  /^(n\.?\s?[dcasr]\.?|n\/[dcas]|[-–—−.…/?]+|nan|null|non\s(disponible|dispo|communiqu\S*|renseign\S*|connue?s?|significati\S*|parvenue?s?)|inconnue?s?|manquante?s?|absente?s?|indisponibles?|sans objet|s\.?\s?o\.?|à venir|en attente|vide|complet|sans (?:rdv|rendez-vous)|(aucune?|pas de)\s(créneaux?|rdv|rendez-vous|disponibilités?|données?)|suspendue?s?|fermée?s?|#n\/?a!?)$/i
const SECRET =
  /^(ss?|c|\[[csx]\]|\*+|secret(\s(statistique|stat\.?))?|sous secret|confidentiel(le)?s?|masqué|(entre\s)?[01]\s?(-|–|à|et)\s?\d{1,2})$/i
const NUMBER = String.raw`(\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:\s?sem(?:aines?|\.)?)?)`
const UNIT = String.raw`(?:\s?(?:j|jrs?|jours?|demandes?|dossiers?|titres?))?\.?`
const AT_MOST = new RegExp(
  String.raw`^(?:[<≤]=?|moins de|au plus|inf[ée]rieure? à|inf\.? à)\s?${NUMBER}${UNIT}$|^${NUMBER}\s?(?:et|ou) moins$`,
  'i',
)
const AT_LEAST = new RegExp(
  String.raw`^(?:[>≥]=?|\+\s?de|plus de|au moins|au[- ]delà de|sup[ée]rieure? à|sup\.? à)\s?${NUMBER}${UNIT}$`,
  'i',
)
const AND_MORE = new RegExp(String.raw`^${NUMBER}\s?(?:\+|(?:j|jours?)?\s?(?:et|ou) plus)$`, 'i')
const ABOUT = String.raw`(?:estim[ée]e?s?(?: à)?|env(?:iron|\.)?|approx(?:imativement|\.)?|à peu près|[~≈≃])`
const ROUGHLY = new RegExp(`^${ABOUT}\\s?${NUMBER}${UNIT}$|^${NUMBER}${UNIT}\\s?${ABOUT}$`, 'i')

/**
 * Reads what people write when there is no figure: nothing known (`n.d.`, `-`, empty), a statistical secret (`s`,
 * `***`), a bound (`<11`, `moins de 5`), a censored value (`> 60`, `60 et plus`), a rough one (`environ 20`, `~20`). `undefined` when the cell should hold a figure.
 */
export function readMark(text: string): Mark | undefined {
  if (text === '' || MISSING.test(text)) return { unknown: 'missing' }
  if (SECRET.test(text)) return { unknown: 'secret' }
  const [, under, orLess] = AT_MOST.exec(text) ?? []
  if (under !== undefined || orLess !== undefined) return { atMost: under ?? orLess! }
  const [, about, roughly = about] = ROUGHLY.exec(text) ?? []
  if (roughly !== undefined) return { about: roughly }
  const bound = AT_LEAST.exec(text)?.[1] ?? AND_MORE.exec(text)?.[1]
  return bound === undefined ? undefined : { atLeast: bound }
}

/** The call of a note behind a number or a word: `412 (1)`, `412*`, `412²`, `CNI †`. */
export const NOTE_CALL = /(?:\s+\([\da-z]\)|(?<=\S)\(\d\)|\s?\*{1,3}|\s?[¹²³†‡])$/i
const STANDING = String.raw`prov(?:\.|isoires?)?|est(?:\.|im[ée]e?s?|imations?)?|r[ée]v(?:\.|is[ée]e?s?)?`
const BEHIND = new RegExp(
  String.raw`(?:(?<=\d)\s?([epr])|\s?\(([eprEPR]|${STANDING})\)|\s(${STANDING}))$`,
  'u',
)
/** The same in front: `(p) 121`, `e 121`, `prov. 121`, `* 121`. */
const BEFORE = new RegExp(
  String.raw`^(?:\(([\da-z]|${STANDING})\)\s?|([epr]|${STANDING})\s+|(\*{1,3})\s?)(?=\d)`,
  'iu',
)
/** What most cells hold: the other readings are spared. */
const PLAIN = /^\d[\d \u00a0\u202f.,]*$/
const CALLED = /[)*¹²³†‡]$/
const LEGEND = /^(?:\(([\da-z]|\*{1,3})\)|(\*{1,3}|[¹²³†‡])|([\da-z])\s?(?=[:=]))\s*[:=–-]?\s*(\p{L}.*)$/iu

/** Reads the mark of a figure, and what stands behind it or before: `121 (p)`, `1 200 e`, `révisé 121`, `121*` as the legend says. */
export function readFigureMark(written: string, legend: Legend | undefined): Mark | undefined {
  if (PLAIN.test(written)) return undefined
  const mark = readMark(written)
  if (mark !== undefined) return mark
  const [before, inside, word = inside, sign = ` (${word})`] = BEFORE.exec(written) ?? []
  const text = before === undefined ? written : `${written.slice(before.length)}${sign}`
  const call = NOTE_CALL.exec(text)
  const behind = (call && legend?.has(callIn(call[0])) ? call : BEHIND.exec(text)) ?? call
  if (behind === null) return undefined
  const figure = text.slice(0, behind.index)
  const said = standingCalled(text, legend) ?? standingOf(behind.slice(1).find(Boolean) ?? '')
  return readMark(figure) ?? { about: figure, said }
}

/** What the call of a note behind a text says, by the legend or by usage: `2022-03 (p)`, `Cognac*`. */
export function standingCalled(text: string, legend: Legend | undefined): Standing | undefined {
  if (!CALLED.test(text)) return undefined
  const call = NOTE_CALL.exec(text)?.[0] ?? BEHIND.exec(text)?.[2]
  if (call === undefined) return undefined
  return legend?.get(callIn(call)) ?? standingOf(callIn(call))
}

const callIn = (call: string) => call.replace(/[\s()]/g, '').toLowerCase()

/** What the notes around a table say of the calls in its cells: « * provisoire », « p : provisoire, e : estimé ». */
export function legendOf(notes: readonly string[]): Legend {
  const said = notes.flatMap(note => note.slice(0, 300).split(/\s*[;,]\s*/))
  const calls = said.flatMap(text => {
    const [, inside, sign, letter, words] = LEGEND.exec(text.trim()) ?? []
    const call = inside ?? sign ?? letter
    return call === undefined ? [] : [[call.toLowerCase(), standingOf(words!)] as const]
  })
  // A name that bears the call as its note does says nothing.
  return new Map(calls.toSorted(([, a], [, b]) => Number(b === 'noted') - Number(a === 'noted')))
}

function standingOf(words: string): Standing {
  if (/^p$|^prov|provisoire/i.test(words)) return 'provisional'
  if (/^e$|^est\b|estim|approch|extrapol/i.test(words)) return 'estimated'
  return /^r$|^r[ée]v|révis|rectifi|corrig/i.test(words) ? 'revised' : 'noted'
}
