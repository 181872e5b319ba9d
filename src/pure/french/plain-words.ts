/** Words without accents, capitals or signs, a space between them: `Saint-Cœur (16)` is `saint coeur 16`. */
export function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/** The same of a place, whose « saint » may be shortened: `St-Médard` and `SAINT MEDARD` are one. */
export function plainName(name: string): string {
  return plainWords(name).replace(/\bst(e?)\b/g, 'saint$1')
}
