import { ruleAt } from './dated.ts'
import { GRANT_SCALES, type GrantScale } from './grant.ts'

/** What the steps of the scale are compared with: the requests of one station, or of the commune. */
export type GrantReading = 'station' | 'commune'

/** What may have earned an amount; requests are those of the year before, `from` to `to` where the scale tells no more. */
export interface GrantCombination {
  stations: number
  connected: number
  /** The count that the amount tells; the largest possible one where it only tells a bracket. */
  requests: number
  requestsFrom: number
  /** Certifications of digital identity, where the amount needs a tenth of a request. */
  certifications: number
  probability: number
}

const MOST_STATIONS = 60
const MOST_REQUESTS = 200_000 * 10

/**
 * How likely combinations are before the amount is known. Stations of a commune are mostly connected together (61 % of
 * sites in July 2024, France Titres); a station takes about 2,500 requests a year, between the threshold of 1,875 and an
 * overload of 3,750; certifications were few.
 */
const PRIOR = { allConnected: 0.6, noneConnected: 0.3, perStation: 2_500, spread: 0.5, certified: 0.2 }

/**
 * Everything that may have earned the grant of a commune in a year, with probabilities that sum to one; empty when
 * nothing does. An amount in whole euros may be rounded, one with cents is exact.
 *
 * @param expected requests that the commune is thought to receive in a year, where something is known.
 * @example 18,185 € in 2024: one connected station and 3,000 requests, as 9,500 + 3,000 × 1.5 × 1.93 = 18,185.
 */
export function grantCombinations(
  year: number,
  euros: number,
  reading: GrantReading,
  expected?: number,
): GrantCombination[] {
  const weighed = weighedCombinations(year, euros, reading, expected)
  const total = weighed.reduce((sum, one) => sum + one.probability, 0)
  return weighed
    .map(one => ({ ...one, probability: one.probability / total }))
    .sort((a, b) => b.probability - a.probability)
}

/** Towns of a department with their amounts of one year. */
export interface GrantedTown {
  euros: number
  expected?: number | undefined
}

/**
 * The reading of the thresholds that fits the amounts of a whole department best: towns that it explains first, then how
 * likely what it says is. The code says *for each station*; that reading stands when both fit alike.
 */
export function fittingReading(
  year: number,
  towns: readonly GrantedTown[],
): { reading: GrantReading; explained: Record<GrantReading, number> } {
  const fitOf = (reading: GrantReading) => {
    let [explained, likelihood] = [0, 0]
    for (const { euros, expected } of towns) {
      const weight = weighedCombinations(year, euros, reading, expected).reduce(
        (sum, one) => sum + one.probability,
        0,
      )
      if (weight > 0) explained++
      likelihood += Math.log(Math.max(weight, 1e-12))
    }
    return { explained, likelihood }
  }
  const [station, commune] = [fitOf('station'), fitOf('commune')]
  const better =
    commune.explained > station.explained ||
    (commune.explained === station.explained && commune.likelihood > station.likelihood + LIKELIER)
  return {
    reading: better ? 'commune' : 'station',
    explained: { station: station.explained, commune: commune.explained },
  }
}

/** Logarithm of how many times likelier (10) a reading must be to stand against the letter of the code. */
const LIKELIER = Math.log(10)

function weighedCombinations(
  year: number,
  euros: number,
  reading: GrantReading,
  expected: number | undefined,
): GrantCombination[] {
  const scale = ruleAt(GRANT_SCALES, `${year}-12-31`)?.value
  if (scale === undefined || !(euros > 0)) return []
  // An amount without cents may have been rounded, up or down.
  const tolerance = Number.isInteger(euros) ? 0.5 : 0.005
  const found: GrantCombination[] = []
  const most = Math.min(MOST_STATIONS, Math.floor((euros + tolerance) / scale.fixedEuros))
  for (let stations = 1; stations <= most; stations++) {
    const connectable = scale.connectedEuros > 0 ? stations : 0
    for (let connected = 0; connected <= connectable; connected++) {
      const variable = euros - scale.fixedEuros * stations - scale.connectedEuros * connected
      if (variable < -tolerance) break
      for (const counts of countsOf(scale, variable, tolerance, stations, reading)) {
        const probability =
          connectedWeight(stations, connected, connectable) *
          countWeight(counts, stations, expected) *
          (counts.certifications > 0 ? PRIOR.certified : 1)
        found.push({ stations, connected, ...counts, probability })
      }
    }
  }
  return found
}

type Counts = Pick<GrantCombination, 'requests' | 'requestsFrom' | 'certifications'>

/** Requests of a commune that earn a variable part. */
function countsOf(
  scale: GrantScale,
  variable: number,
  tolerance: number,
  stations: number,
  reading: GrantReading,
): Counts[] {
  const share = reading === 'station' ? stations : 1
  const bounds = scale.steps.map(({ from }) => from * share)
  const below = Math.min((bounds[0] ?? MOST_REQUESTS / 10) - 1, MOST_REQUESTS / 10)
  if (Math.abs(variable) <= tolerance) return [{ requests: below, requestsFrom: 0, certifications: 0 }]
  return scale.steps.flatMap(({ gives }, step): Counts[] => {
    const [from, end] = [bounds[step]!, bounds[step + 1] ?? Number.POSITIVE_INFINITY]
    if (scale.unit === 'euros') {
      const told = Math.abs(gives * stations - variable) <= tolerance
      return told
        ? [{ requests: Math.min(end - 1, MOST_REQUESTS / 10), requestsFrom: from, certifications: 0 }]
        : []
    }
    if (scale.pointEuros === undefined) return []
    const each = gives * scale.pointEuros
    const [low, high] = [(variable - tolerance) / each, (variable + tolerance) / each]
    const whole = Math.ceil(low - 1e-9)
    if (whole <= high + 1e-9) {
      const last = Math.floor(high + 1e-9)
      return whole >= from && last < end ? [{ requests: last, requestsFrom: whole, certifications: 0 }] : []
    }
    // Counted in tenths, as a certification is.
    const tenths = Math.round((variable / each) * 10)
    if (tenths / 10 < low - 1e-9 || tenths / 10 > high + 1e-9 || scale.certificationWeight === 0) return []
    const requests = Math.floor(tenths / 10)
    return requests >= from && requests < end
      ? [{ requests, requestsFrom: requests, certifications: tenths - 10 * requests }]
      : []
  })
}

function connectedWeight(stations: number, connected: number, connectable: number): number {
  if (connectable === 0) return 1
  if (connected === stations) return PRIOR.allConnected
  if (connected === 0) return PRIOR.noneConnected
  return (1 - PRIOR.allConnected - PRIOR.noneConnected) / (stations - 1)
}

/** Density of a count under a lognormal around what a station takes, and around what the commune is thought to receive. */
function countWeight({ requests, requestsFrom }: Counts, stations: number, expected: number | undefined) {
  const middle = Math.max(1, requestsFrom > 0 ? (requests + requestsFrom) / 2 : 0.6 * requests)
  const density = (around: number) => Math.exp(-((Math.log(middle / around) / PRIOR.spread) ** 2) / 2)
  // A bracket holds as many counts as it is wide.
  const width = requests - requestsFrom + 1
  return (density(PRIOR.perStation * stations) * (expected ? density(expected) : 1) * width) / middle
}

/**
 * What the combinations of an amount say of the requests: mean and spread of their logarithm. A bracket is even on the
 * log scale between its ends, the lowest of which is at least a third of the highest.
 *
 * @returns nothing when no combination stands, or when they say no more than a factor of five.
 */
export function toldRequests(combinations: readonly GrantCombination[]) {
  let [mean, square] = [0, 0]
  for (const { requests, requestsFrom, probability } of combinations) {
    const high = Math.log(Math.max(1, requests))
    const low = Math.max(Math.log(Math.max(1, requestsFrom)), high - Math.log(3))
    const middle = (low + high) / 2
    mean += probability * middle
    square += probability * (middle ** 2 + (high - low) ** 2 / 12)
  }
  const spread = Math.sqrt(Math.max(0, square - mean ** 2))
  return combinations.length === 0 || spread > 0.5 ? undefined : { requests: Math.exp(mean), spread }
}

/** How many stations an amount tells, with the probability of each number, likeliest first. */
export function toldStations(
  combinations: readonly GrantCombination[],
): { stations: number; probability: number }[] {
  const byCount = new Map<number, number>()
  for (const { stations, probability } of combinations)
    byCount.set(stations, (byCount.get(stations) ?? 0) + probability)
  return [...byCount]
    .map(([stations, probability]) => ({ stations, probability }))
    .sort((a, b) => b.probability - a.probability)
}
