/**
 * A word reduced to what identifies it: no accent, case, space or punctuation. `'Publié le'` and `'publie_le'`
 * both give `publiele`.
 */
export function nameKey(text: string): string {
  return text
    .replace(/œ/gi, 'oe')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}

/** The names of a list on one line, the one that people are shown first: `moyenne | moyen`. */
export function namesIn(list: string): string[] {
  return list.split('|').map(name => name.trim())
}

/**
 * The candidate nearest to a text that somebody mistyped, or `undefined` when none is near: optimal string
 * alignment distance (Damerau–Levenshtein without repeated edits) over `nameKey`, at most a third of the letters.
 *
 * @example closestName('titer', ['jours', 'titre']) // 'titre'
 */
export function closestName(text: string, candidates: Iterable<string>): string | undefined {
  return closest(
    text,
    [...candidates].map(name => ({ name, key: nameKey(name) })),
  )?.name
}

/** The same among candidates whose keys (`nameKey`) are known. */
export function closest<T extends { key: string }>(text: string, candidates: readonly T[]): T | undefined {
  const key = nameKey(text).slice(0, 40)
  // One letter away from two are most words of two.
  const most = key.length < 3 ? 0 : Math.max(1, Math.floor(key.length / 3))
  let best: { candidate: T; distance: number } | undefined
  for (const candidate of candidates) {
    // No nearer than the letters that one has more than the other.
    if (Math.abs(candidate.key.length - key.length) > most) continue
    const distance = alignmentDistance(key, candidate.key)
    if (distance <= most && (best === undefined || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate
}

/** Insertions, deletions, substitutions and swaps of neighbours between two words: `titer` to `titre` is 1. */
export function alignmentDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let distance = Math.min(last[j]! + 1, row[j - 1]! + 1, substitution)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, beforeLast[j - 2]! + 1)
      }
      row.push(distance)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
