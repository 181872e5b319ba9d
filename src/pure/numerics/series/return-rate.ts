import { median } from 'simple-statistics'
import { largest } from '../extremes.ts'

/** What is believed of the share ρ of holders who come back: mean and standard deviation, within [0, 1]. */
export interface ReturnRate {
  mean: number
  standardDeviation: number
}

/**
 * The house's prior: the middle of the range .5–.8 that the methods note finds plausible for ten-year passports, wide
 * enough that .45 to .85 holds 95 % of it. It is not the value that does best on any file.
 */
export const PRIOR_RETURN_RATE: ReturnRate = { mean: 0.65, standardDeviation: 0.1 }

/**
 * Posterior of ρ where requests of all kinds are counted together. Levels cannot tell renewals from the rest, so
 * only *changes* speak: Δy/ȳ = ρ · Δdue/ȳ + error, both about their medians (growth is not renewal), with
 * Student errors of 4 degrees of freedom whose scale is the spread of Δy/ȳ itself. Computed on a grid of [0, 1]:
 * the rate cannot leave it. Where the titles due never move, the prior comes back unchanged.
 */
export function returnRateFromChanges(
  requests: readonly (number | undefined)[],
  due: readonly (number | undefined)[],
  prior: ReturnRate = PRIOR_RETURN_RATE,
): ReturnRate {
  const pairs: { demand: number; exposure: number }[] = []
  for (let t = 1; t < requests.length; t++) {
    const [before, now, dueBefore, dueNow] = [requests[t - 1], requests[t], due[t - 1], due[t]]
    if (before === undefined || now === undefined || dueBefore === undefined || dueNow === undefined) continue
    const size = (before + now) / 2
    if (size > 0) pairs.push({ demand: (now - before) / size, exposure: (dueNow - dueBefore) / size })
  }
  if (pairs.length < 3) return prior
  const demandCentre = median(pairs.map(pair => pair.demand))
  const exposureCentre = median(pairs.map(pair => pair.exposure))
  const scale = Math.max(1e-6, 1.4826 * median(pairs.map(pair => Math.abs(pair.demand - demandCentre))))
  return onGrid(prior, rate =>
    pairs.reduce((sum, { demand, exposure }) => {
      const error = (demand - demandCentre - rate * (exposure - exposureCentre)) / scale
      return sum - 2.5 * Math.log1p(error ** 2 / 4)
    }, 0),
  )
}

/**
 * Posterior of ρ where renewals are counted apart: Beta prior, returns out of titles due (Gelman et al. 2013,
 * § 2.4). Both are discounted by age with the given half-life, in periods, so that the rate may drift.
 * Worked example: prior .65 ± .1 is Beta(14.1375, 7.6125); 30 returns of 50 due give 44.1375 ÷ 71.75 = .61516.
 */
export function returnRateFromReturns(
  returned: readonly (number | undefined)[],
  due: readonly (number | undefined)[],
  halfLife: number,
  prior: ReturnRate = PRIOR_RETURN_RATE,
): ReturnRate {
  const weight = (prior.mean * (1 - prior.mean)) / prior.standardDeviation ** 2 - 1
  let successes = 0
  let trials = 0
  for (let t = 0; t < returned.length; t++) {
    const [back, exposed] = [returned[t], due[t]]
    if (back === undefined || exposed === undefined) continue
    const age = 0.5 ** ((returned.length - 1 - t) / halfLife)
    successes += age * back
    trials += age * exposed
  }
  const total = weight + trials
  const mean = Math.min(1, (weight * prior.mean + successes) / total)
  return { mean, standardDeviation: Math.sqrt((mean * (1 - mean)) / (total + 1)) }
}

function onGrid(prior: ReturnRate, logLikelihood: (rate: number) => number): ReturnRate {
  const rates = Array.from({ length: 201 }, (_, i) => i / 200)
  const logs = rates.map(
    rate => logLikelihood(rate) - ((rate - prior.mean) / prior.standardDeviation) ** 2 / 2,
  )
  const highest = largest(logs)
  const masses = logs.map(log => Math.exp(log - highest))
  const total = masses.reduce((sum, mass) => sum + mass, 0)
  const moment = (of: (rate: number) => number) =>
    rates.reduce((sum, rate, i) => sum + masses[i]! * of(rate), 0) / total
  const mean = moment(rate => rate)
  return { mean, standardDeviation: Math.sqrt(moment(rate => (rate - mean) ** 2)) }
}
