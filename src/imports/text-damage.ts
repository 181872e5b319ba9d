import { type Flaw, flawed, quoted } from './cells/fault.ts'

/** Controls, what is no character, and letters that nobody sees: they hide in a cell and make it differ from what is read. */
const INVISIBLE = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{NChar}\u115f\u1160\u3164\uffa0]/u

/** Bytes of UTF-8 once read as Windows-1252 and encoded again: « Ã© » for é, « â€™ » for ’, « Â » before a space. */
const TWICE_ENCODED =
  /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|â€[\u0080-\u00bf™˜œž¦“”¢]?/

/** What is wrong with the characters of one line, or `undefined`. */
export function textDamage(line: string): Flaw | undefined {
  const invisible = INVISIBLE.exec(line)?.[0]
  if (invisible !== undefined) {
    const code = `U+${invisible.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    return flawed(
      'control-character',
      `Caractère invisible ${code} au caractère ${line.indexOf(invisible) + 1} de la ligne.`,
      'Effacez ce caractère, souvent apporté par un copier-coller ; s’il est partout, enregistrez le fichier en « CSV UTF-8 ».',
    ).flaw
  }
  const twice = TWICE_ENCODED.exec(line)
  if (twice) {
    return flawed(
      'double-encoded',
      `Accents abîmés : ${quoted(line.slice(Math.max(0, twice.index - 10), twice.index + 15))}.`,
      'Rouvrez l’original en choisissant l’encodage UTF-8, puis enregistrez-le en « CSV UTF-8 ».',
    ).flaw
  }
  if (line.includes('\ufffd')) {
    return flawed(
      'damaged-text',
      `Caractère perdu (« \ufffd ») au caractère ${line.indexOf('\ufffd') + 1} de la ligne.`,
      'Repartez de l’original : l’accent ne peut pas être retrouvé.',
    ).flaw
  }
  return undefined
}
