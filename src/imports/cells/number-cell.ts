import { frenchShortNumber } from '../../pure/french/french.ts'
import type { CellReader } from './column.ts'
import { flawed, quoted, type Reading } from './fault.ts'
import { NOTE_CALL } from './mark.ts'

/** Bounds of a number, both allowed. `percent` lets the cell end with `%`, `unit` with a word such as `jours`, `days` be told in weeks; money has no thousandths. */
export interface NumberRule {
  min: number
  max: number
  integer?: boolean
  money?: boolean
  percent?: boolean
  days?: boolean
  unit?: RegExp
}

/** Thousands apart by points or commas, where only a whole number can be meant: `1.234`, `1,234,567`. */
const THOUSANDS = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*$/
/** Thousands apart by one sign and decimals by the other, or by several of one sign: `12,130.00`, `1.234,5`, `1.234.567`. */
const GROUPED =
  /^(-?\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)[.,](\d+)$|^(-?\d{1,3}(?:([.,])\d{3})(?:\5\d{3})+)$/
/** « 3 semaines », « 2 sem. et 3 j », « J+12 ». */
const WEEKS =
  /^(\d+(?:[.,]\d+)?)\s?(?:semaines?|sem\.?)(?:\s?(?:et|\+|,)?\s?(\d)(?:\s?j(?:rs?|ours?)?\.?)?)?$/i
const FROM_TODAY = /^j\s?\+\s?(\d+)$/i
const RANGE = /^\d+(?:[.,]\d+)?\s*(?:j|jours?)?\s*(?:à|a|-|–|et)\s*\d+(?:[.,]\d+)?\s*(?:j|jours?)?$/i
const MONTHS = /(?<![\d.,])\d+(?:[.,]\d+)?\s?(?:mois|ans?|années?)(?!\p{L})/iu

const DECIMAL_FORM = 'Écrivez un nombre comme 13,5 ou 1 234.'

/** Reads a number written the French or the English way: `1 234,5`, `1234.5`, `77,8 %` where percents are expected. */
export function number(rule: NumberRule): CellReader<number> {
  return written => {
    const text = rule.unit === undefined ? written : written.replace(rule.unit, '')
    const whole =
      (rule.integer || rule.money) && THOUSANDS.test(text) ? Number(text.replace(/[.,]/g, '')) : undefined
    const value = whole ?? (rule.days ? daysIn(written, text) : undefined)
    if (value !== undefined) return checkNumber({ value, percent: false }, text, rule)
    if (rule.days && (HOURS.test(written) || SAME_DAY.test(written))) return inDays(written)
    const read = readNumber(rule.days && MONTHS.test(written) ? written : text)
    if ('flaw' in read) return read
    const grouped = /^[1-9]\d{0,2}[.,]\d{3}$/.test(text) ? Number(text.replace(/[.,]/, '')) : Number.NaN
    if (grouped >= rule.min && grouped <= rule.max)
      return flawed(
        'ambiguous-number',
        `${quoted(text)} : ${frenchShortNumber(grouped)} ou ${frenchShortNumber(read.value.value, 3)} ?`,
        'Écrivez un millier avec une espace (1 234), une décimale sans trois chiffres (1,2).',
      )
    return checkNumber(read.value, text, rule)
  }
}

const HOURS = /^\d+(?:[.,]\d+)?\s?(?:h|heures?|mn|min\.?|minutes?)(?:\s?\d{1,2})?$/i
const SAME_DAY =
  /^(?:imm[ée]diate?(?:ment)?|sans (?:délai|attente)|(?:le )?jour même|aucune? (?:délai|attente))$/i

/** The flaw of a delay that is told in hours, or as none. */
function inDays(text: string) {
  return flawed(
    'wrong-unit',
    `${quoted(text)} : un délai est compté ici en jours.`,
    'Écrivez-le en jours : 0 pour le jour même, 1 pour 24 heures, 2 pour 48 heures.',
  )
}

/** Days told otherwise than by their number alone, with their unit or without. */
function daysIn(written: string, text: string): number | undefined {
  const [, weeks, days = '0'] = WEEKS.exec(written) ?? WEEKS.exec(text) ?? []
  if (weeks !== undefined) return 7 * Number(weeks.replace(',', '.')) + Number(days)
  const ahead = FROM_TODAY.exec(text)?.[1]
  return ahead === undefined ? undefined : Number(ahead)
}

/** Checks a number against its bounds; `text` is the cell it was read from. */
export function checkNumber(
  { value, percent }: WrittenNumber,
  text: string,
  rule: NumberRule,
): Reading<number> {
  if (percent && !rule.percent) {
    return flawed(
      'not-a-number',
      `${quoted(text)} est un pourcentage.`,
      'Une part n’est pas ce qui est attendu ici : écrivez le nombre lui-même, ou supprimez la ligne.',
    )
  }
  if (rule.integer && !Number.isInteger(value)) {
    return flawed(
      'not-an-integer',
      `${quoted(text)} n’est pas un nombre entier.`,
      'Écrivez un entier ; pour les milliers, une espace et non un point ou une virgule.',
    )
  }
  if (value < rule.min || value > rule.max) {
    return flawed(
      'out-of-range',
      `${quoted(text)} n’est pas entre ${frenchShortNumber(rule.min)} et ${frenchShortNumber(rule.max)}.`,
      'Vérifiez la valeur et son unité.',
    )
  }
  return { value }
}

/** A number as written, and whether `%` followed it. */
export interface WrittenNumber {
  value: number
  percent: boolean
}

/** Reads a number and says why it is none: a formula, a spreadsheet error, two readings. */
export function readNumber(text: string): Reading<WrittenNumber> {
  if (/^'?[=@+]/.test(text)) {
    return flawed(
      'formula',
      `${quoted(text)} est une formule.`,
      'Remplacez-la par son résultat (copier, puis collage spécial « valeurs ») : rien n’est calculé ici.',
    )
  }
  if (/^#[\p{Lu}\d/!?.]+(\s[!?])?$/u.test(text)) {
    return flawed(
      'spreadsheet-error',
      `${quoted(text)} est une erreur de tableur.`,
      'Corrigez la formule d’origine, ou supprimez la ligne si la valeur est inconnue.',
    )
  }
  if (RANGE.test(text)) {
    return flawed(
      'not-a-number',
      `${quoted(text)} est un intervalle, et non une valeur.`,
      'Écrivez une seule valeur, ou « > » et la borne basse quand la valeur est au moins celle-là.',
    )
  }
  if (MONTHS.test(text)) {
    return flawed(
      'not-a-number',
      `${quoted(text)} n’est pas en jours, et tous les mois n’ont pas les mêmes.`,
      'Écrivez le délai en jours, par exemple 60, ou en semaines, par exemple 8 semaines.',
    )
  }
  const percent = text.replace(NOTE_CALL, '').endsWith('%')
  const bare = text
    .replace(NOTE_CALL, '')
    .replace(/\s*%$/, '')
    .replace(/[\u00a0\u202f\u2009]|(?<=\d)['’](?=\d{3})/g, ' ')
    .replace(/^\u2212/, '-')
  const grouped = GROUPED.exec(bare)
  if (grouped !== null) {
    const [, mixed, , decimals = '0', alone = ''] = grouped
    const groups = mixed ?? alone
    return { value: { value: Number(`${groups.replace(/[.,]/g, '')}.${decimals}`), percent } }
  }
  if (!/^-?(\d+|\d{1,3}( \d{3})+)([.,]\d+)?$/.test(bare)) {
    return flawed('not-a-number', `${quoted(text)} n’est pas un nombre.`, DECIMAL_FORM)
  }
  return { value: { value: Number(bare.replaceAll(' ', '').replace(',', '.')), percent } }
}
