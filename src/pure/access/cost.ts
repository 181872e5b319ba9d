/** What an answer takes beyond reading: figures computed, a program solved, or the hundreds of pages of a meeting's pack. */
export type Cost = 'figures' | 'program' | 'pack'

/** How many answers of a kind are made at once, and of these for one caller, how many may wait, and how many of both are one caller's. */
export interface CostBound {
  atOnce: number
  forOne: number
  waiting: number
  perCaller: number
}

/**
 * A program may take minutes: whoever solves one leaves a place to others. A pack leaves as it is printed: nobody waits for a
 * first byte that would come in a minute, they ask again.
 */
export const COST_BOUNDS: Record<Cost, CostBound> = {
  figures: { atOnce: 4, forOne: 4, waiting: 60, perCaller: 20 },
  program: { atOnce: 2, forOne: 1, waiting: 20, perCaller: 4 },
  pack: { atOnce: 1, forOne: 1, waiting: 0, perCaller: 1 },
}

/**
 * The network that an address counts for: an IPv4 address itself, and the first half of an IPv6 one, since whoever holds
 * one of those holds all that share it (RFC 6177).
 *
 * @example ::ffff:192.0.2.1 is 192.0.2.1, and 2001:db8::5 is 2001:db8:0:0::/64.
 */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/, '').toLowerCase()
  const four = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  if (four !== undefined) return four
  if (!bare.includes(':')) return bare
  const [head = '', tail] = bare.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map(group => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
