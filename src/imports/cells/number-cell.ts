import { frenchShortNumber } from '../../pure/french/french.ts'
import type { CellReader } from './column.ts'
import { type FaultCode, flawed, quoted, type Reading } from './fault.ts'

/** Bounds of a number, both allowed. `percent` lets the cell end with `%`, `unit` with a word such as `jours`. */
export interface NumberRule {
  min: number
  max: number
  integer?: boolean
  percent?: boolean
  unit?: RegExp
}

const DECIMAL_FORM = 'Écrivez un nombre comme 13,5 ou 1 234.'

/** Reads a number written the French or the English way: `1 234,5`, `1234.5`, `77,8 %` where percents are expected. */
export function number(rule: NumberRule): CellReader<number> {
  return text => {
    const read = readNumber(rule.unit === undefined ? text : text.replace(rule.unit, ''))
    return 'flaw' in read ? read : checkNumber(read.value, text, rule)
  }
}

/** Checks a number against its bounds; `text` is the cell it was read from. */
export function checkNumber(
  { value, percent }: WrittenNumber,
  text: string,
  rule: NumberRule,
): Reading<number> {
  if (percent && !rule.percent) {
    return flawed('not-a-number', `${quoted(text)} est un pourcentage.`, 'Écrivez le nombre sans « % ».')
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
  const fail = (code: FaultCode, message: string, remedy: string) => flawed(code, message, remedy)
  if (/^'?[=@+]/.test(text)) {
    return fail(
      'formula',
      `${quoted(text)} est une formule.`,
      'Remplacez-la par son résultat (copier, puis collage spécial « valeurs ») : rien n’est calculé ici.',
    )
  }
  if (/^#[\p{Lu}\d/!?.]+(\s[!?])?$/u.test(text)) {
    return fail(
      'spreadsheet-error',
      `${quoted(text)} est une erreur de tableur.`,
      'Corrigez la formule d’origine, ou supprimez la ligne si la valeur est inconnue.',
    )
  }
  const percent = text.endsWith('%')
  const bare = text
    .replace(/\s*%$/, '')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/^\u2212/, '-')
  if (/^-?\d{1,3}(\.\d{3})+,\d+$|^-?\d{1,3}(,\d{3})+\.\d+$|^-?\d{1,3}([.,]\d{3}){2,}$/.test(bare)) {
    return fail(
      'ambiguous-number',
      `${quoted(text)} peut se lire de deux façons.`,
      'Séparez les milliers par une espace, les décimales par une virgule ou un point.',
    )
  }
  if (!/^-?(\d+|\d{1,3}( \d{3})+)([.,]\d+)?$/.test(bare)) {
    return fail('not-a-number', `${quoted(text)} n’est pas un nombre.`, DECIMAL_FORM)
  }
  return { value: { value: Number(bare.replaceAll(' ', '').replace(',', '.')), percent } }
}
