import { round } from './scale.ts'

/** A label that wants to stand at `wanted` and needs `size` pixels around it. */
export interface Wish {
  wanted: number
  size: number
}

/**
 * Moves labels along one axis so that none overlaps the next and all stay within bounds, each as near as it can
 * be to its wish (pool of adjacent violators: neighbours in conflict move as one block around their mean).
 *
 * @returns the middle of each label, in the order given. When they need more room than there is, they overlap
 *   evenly rather than leave the bounds.
 */
export function dodge(wishes: readonly Wish[], low: number, high: number): number[] {
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[a]!.wanted - wishes[b]!.wanted || a - b)
  const needed = wishes.reduce((sum, wish) => sum + wish.size, 0)
  const squeeze = needed > high - low ? (high - low) / needed : 1
  const blocks: { members: number[]; sum: number; size: number }[] = []
  const startOf = (block: { members: number[]; sum: number; size: number }) =>
    Math.min(Math.max(block.sum / block.members.length, low), high - block.size)
  for (const i of order) {
    const size = wishes[i]!.size * squeeze
    let block = { members: [i], sum: wishes[i]!.wanted - size / 2, size }
    for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
      if (startOf(above) + above.size <= startOf(block) + 1e-9) break
      blocks.pop()
      const shift = above.size
      block = {
        members: [...above.members, ...block.members],
        sum: above.sum + block.sum - shift * block.members.length,
        size: above.size + block.size,
      }
    }
    blocks.push(block)
  }
  const middles = new Array<number>(wishes.length).fill(0)
  for (const block of blocks) {
    let start = startOf(block)
    for (const i of block.members) {
      const size = wishes[i]!.size * squeeze
      middles[i] = round(start + size / 2)
      start += size
    }
  }
  return middles
}

/** An interval that a text takes on a line. */
export interface Span {
  from: number
  to: number
}

/** The first row, 0 at the top, where each span fits without touching those placed before it. */
export function rowsWithoutOverlap(spans: readonly Span[], gap: number): number[] {
  const rows: Span[][] = []
  return spans.map(span => {
    const free = rows.findIndex(row =>
      row.every(other => span.from >= other.to + gap || span.to <= other.from - gap),
    )
    const row = free === -1 ? rows.length : free
    rows[row] = [...(rows[row] ?? []), span]
    return row
  })
}

/** A disc to place: `x`, `y` is where it belongs. */
export interface Disc {
  x: number
  y: number
  radius: number
}

/**
 * Pushes overlapping discs apart, each a little at a time and drawn back to its own place, until none touches
 * another (position-based relaxation, always in the same order, so the same discs give the same picture).
 */
export function spread(
  discs: readonly Disc[],
  bounds: { width: number; height: number },
  gap = 2,
): { x: number; y: number }[] {
  const placed = discs.map(({ x, y }) => ({ x, y }))
  for (let turn = 0; turn < 400; turn++) {
    let moved = false
    const pull = turn < 300 ? 0.02 : 0
    placed.forEach((disc, i) => {
      disc.x += (discs[i]!.x - disc.x) * pull
      disc.y += (discs[i]!.y - disc.y) * pull
    })
    for (let i = 0; i < placed.length; i++) {
      for (let j = i + 1; j < placed.length; j++) {
        const a = placed[i]!
        const b = placed[j]!
        const apart = discs[i]!.radius + discs[j]!.radius + gap
        const dx = b.x - a.x
        const dy = b.y - a.y
        const distance = Math.hypot(dx, dy)
        if (distance >= apart - 1e-6) continue
        moved = true
        const push = (apart - distance) / 2
        // Two discs on the very same place part along a direction that depends on their rank alone.
        const [ux, uy] = distance > 1e-6 ? [dx / distance, dy / distance] : [Math.cos(i + j), Math.sin(i + j)]
        a.x -= ux * push
        a.y -= uy * push
        b.x += ux * push
        b.y += uy * push
      }
    }
    placed.forEach((disc, i) => {
      const { radius } = discs[i]!
      disc.x = Math.min(Math.max(disc.x, radius + 1), bounds.width - radius - 1)
      disc.y = Math.min(Math.max(disc.y, radius + 1), bounds.height - radius - 1)
    })
    if (!moved && pull === 0) break
  }
  return placed.map(({ x, y }) => ({ x: round(x), y: round(y) }))
}

const NARROW = /[ .,:;!'’|ijltfrI()\u00a0\u202f-]/
const WIDE = /[mwMWQOGCD%—]/

/** About how wide a text stands in a sans-serif letter, in pixels; a server has no ruler. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0
  for (const letter of text) {
    if (NARROW.test(letter)) ems += 0.31
    else if (WIDE.test(letter)) ems += 0.83
    else if (/[A-ZÀ-Ý]/.test(letter)) ems += 0.68
    else ems += 0.56
  }
  return ems * fontSize
}

/** A text cut after a word or a hyphen so that it is at most so wide, with an ellipsis when something was cut. */
export function shortened(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text
  const words = text.split(/(?<=[ -])/)
  while (words.length > 1 && textWidth(`${words.join('')}…`, fontSize) > width) words.pop()
  return `${words.join('').trimEnd()}…`
}
