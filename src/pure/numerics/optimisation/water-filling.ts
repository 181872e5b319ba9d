/**
 * Shares an amount between places so that those which receive some end at the same level, and no place that
 * receives none was below it (water-filling, Gallager 1968). The level of a place is what it holds ÷ its rate.
 *
 * Example: 0 and 30 held, rates of 10 and 10 a day, 20 to share: all to the first, `[20, 0]`; 50 to share:
 * both end at 80 ÷ 20 = 4 days, `[40, 10]`.
 *
 * @param held what each place holds. @param rates how fast each works; a place with rate 0 receives nothing.
 * @returns what each place receives; all zero when no place works.
 */
export function fillEvenly(held: readonly number[], rates: readonly number[], amount: number): number[] {
  const received = held.map(() => 0)
  if (!(amount > 0)) return received
  const order = held
    .map((_, place) => place)
    .filter(place => rates[place]! > 0)
    .sort((a, b) => held[a]! / rates[a]! - held[b]! / rates[b]!)
  let sumHeld = 0
  let sumRates = 0
  for (let i = 0; i < order.length; i++) {
    sumHeld += held[order[i]!]!
    sumRates += rates[order[i]!]!
    const level = (sumHeld + amount) / sumRates
    const next = order[i + 1]
    if (next !== undefined && held[next]! / rates[next]! < level) continue
    for (const place of order.slice(0, i + 1))
      received[place] = Math.max(0, level * rates[place]! - held[place]!)
    break
  }
  return received
}
