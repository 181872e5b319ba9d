import { frenchNumber } from '../pure/french/french.ts'
import { type Flaw, flawed, quoted } from './cells/fault.ts'
import type { Limits } from './limits.ts'
import type { Separator } from './record.ts'
import { textDamage } from './text-damage.ts'

/** Why a record cannot be a row under a header of `width` columns: a comment, too many cells or too few. */
export function recordFlaw(cells: readonly string[], width: number): Flaw | undefined {
  const comment = cells[0]!.includes('#') && /^\s*#(?![\p{Lu}/]+[!?/\d])/u.test(cells[0]!)
  if (comment) return COMMENT
  const count = cells.length
  if (count === width) return undefined
  return flawed(
    'ragged-row',
    `Cette ligne a ${count} ${count > 1 ? 'cellules' : 'cellule'} ; l’en-tête en a ${width}.`,
    count > width
      ? 'Mettez entre guillemets (") les textes et les nombres qui contiennent le séparateur.'
      : 'Ajoutez les séparateurs manquants, même pour des cellules vides.',
  ).flaw
}

/** Why the characters of a line cannot be trusted. */
export function lineFlaw(text: string, limits: Limits): Flaw | undefined {
  if (text.length <= limits.lineCharacters) return textDamage(text)
  return flawed(
    'line-too-long',
    `Ligne de ${frenchNumber(text.length)} caractères, qui commence par ${quoted(text.slice(0, 200))}.`,
    `Aucune ligne ne doit dépasser ${frenchNumber(limits.lineCharacters)} caractères : vérifiez que c’est bien un CSV.`,
  ).flaw
}

/** Whether a line shows that the file is no text at all, so that nothing in it is worth reading. */
export function stopsReading(text: string, limits: Limits): boolean {
  return text.length > limits.lineCharacters || text.includes('\0')
}

const LINES_LOOKED_AT = 50
const SEPARATORS = [';', '\t', ',', '|'] as const

/** A header with the separator of the lines under it, when it was typed with another: it names as many columns as they have. */
export function separatedBy(separator: Separator, header: string, under = ''): string {
  const [other, ...more] = SEPARATORS.filter(one => header.includes(one))
  return other === undefined ||
    more.length > 0 ||
    header.split(other).length !== under.split(separator).length
    ? header
    : header.replaceAll(other, separator)
}

/** The separator that stands as often on most of the first lines, outside quotes: decimals have their commas here and there. */
export function separatorOf(lines: readonly string[]): Separator | undefined {
  const filled = lines.filter(line => line.trim() !== '').slice(0, LINES_LOOKED_AT)
  // A quoted cell may go on over several lines.
  const bare = filled
    .join('\n')
    .replace(/"[^"]*"/g, '')
    .split('\n')
  const rated = SEPARATORS.map(separator => {
    const counts = new Map<number, number>()
    // Commas between figures alone are those of decimals.
    if (separator === ',' && !bare.some(line => /(?<!\d),|,(?!\d)/.test(line)))
      return { separator, count: 0, agreeing: 0 }
    for (const line of bare) {
      const count = line.split(separator).length - 1
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    const [count = 0, agreeing = 0] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
    return { separator, count, agreeing }
  })
  const best = rated.reduce((a, b) =>
    b.agreeing > a.agreeing || (b.agreeing === a.agreeing && b.count > a.count) ? b : a,
  )
  return best.count > 0 ? best.separator : undefined
}

/** The flaw of a file without text. */
export const EMPTY = flawed('empty-file', 'Le fichier est vide.', 'Partez du modèle de fichier.').flaw

/** The flaw of a file of metadata alone. */
export const NO_HEADER = flawed(
  'no-rows',
  'Le fichier n’a que des métadonnées : ni en-tête de colonnes, ni données.',
  'Ajoutez l’en-tête des colonnes puis les lignes, comme dans le modèle de fichier.',
).flaw

const COMMENT = flawed(
  'comment-in-body',
  'Ligne commençant par « # » parmi les données.',
  'Les commentaires vont avant l’en-tête : déplacez ou supprimez cette ligne.',
).flaw

/** The flaw of a file heavier than what is read, both in bytes. */
export function fileTooLarge(bytes: number, most: number): Flaw {
  return flawed(
    'file-too-large',
    `Le fichier pèse ${frenchNumber(bytes)} octets ; ${frenchNumber(most)} au plus sont lus.`,
    'Découpez-le en plusieurs fichiers, par exemple un par année.',
  ).flaw
}

/** The flaw of a header that nothing separates. */
export function noSeparator(header: string): Flaw {
  if (/\S\s{2,}\S.*\S\s{2,}\S/.test(header))
    return flawed(
      'separator-not-found',
      `Les colonnes de ${quoted(header)} ne sont séparées que par des espaces.`,
      'Ouvrez-le dans votre tableur par « Données > Convertir » (largeur fixe), puis envoyez le classeur.',
    ).flaw
  return flawed(
    'separator-not-found',
    `L’en-tête ${quoted(header)} n’a ni point-virgule, ni virgule, ni tabulation.`,
    'Séparez les colonnes par des points-virgules et mettez leurs noms sur la première ligne.',
  ).flaw
}

/** The flaw of a header wider than what is read. */
export function tooManyColumns(count: number, limits: Limits): Flaw {
  return flawed(
    'too-many-columns',
    `L’en-tête a ${frenchNumber(count)} colonnes ; ${limits.columns} au plus sont lues.`,
    'Ne gardez que les colonnes du modèle de fichier.',
  ).flaw
}

/** The flaw of a file longer than what is read. */
export function tooManyRows(limits: Limits): Flaw {
  return flawed(
    'too-many-rows',
    `Plus de ${frenchNumber(limits.rows)} lignes de données.`,
    'Découpez le fichier en plusieurs, par exemple un par année.',
  ).flaw
}

/** One line of CSV with `;`: a cell is quoted only when it must be. */
export function csvLine(cells: readonly string[]): string {
  return cells.map(cell => (/[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')
}
