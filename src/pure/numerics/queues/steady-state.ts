/**
 * Load of a queue: demand ÷ capacity, in the same unit of time. Above 1 the queue grows without end.
 * Example: 30 a week for 27: 1.1111.
 */
export function load(demand: number, capacity: number): number {
  return positive(demand, 'demand', 0) / positive(capacity, 'capacity')
}

/**
 * Mean wait that keeps a target (Fong et al. 2022): target ÷ factor, in the unit of the target. Example: 52 weeks and
 * a factor of 4: 13.
 */
export function targetMeanWait(target: number, factor = 4): number {
  return positive(target, 'target') / positive(factor, 'factor')
}

/**
 * List that keeps a target (Fong et al. 2022, Little's law): demand × target ÷ factor. Demand per unit of the target.
 * Example: 30 a week, 52 weeks, factor 4: 390.
 */
export function targetListSize(demand: number, target: number, factor = 4): number {
  return positive(demand, 'demand', 0) * targetMeanWait(target, factor)
}

/**
 * Capacity that brings a list down to its target in a time (Fong et al. 2022): `demand + (list − target list) ÷ time`,
 * per unit of that time. Example: 30 a week, a list of 1,200, target 390, 26 weeks: 61.153846.
 */
export function reliefCapacity(demand: number, list: number, targetList: number, time: number): number {
  return positive(demand, 'demand', 0) + (list - targetList) / positive(time, 'time')
}

/**
 * The same when the demand was estimated from a number of referrals: demand ÷ (1 − 2 cv ÷ √n), its upper 97.7 % bound,
 * plus the list to clear. Example: 30 a week from 10,000 referrals, variation 1, 1,200 to 390 in 26 weeks:
 * 30 ÷ 0.98 + 31.15 = 61.77. (The R package NHSRwaitinglist 0.1.2 gives 106.15, mixing rates and times.)
 */
export function reliefCapacityEstimated(
  demand: number,
  list: number,
  targetList: number,
  time: number,
  estimate: { referrals: number; variation: number },
): number {
  const margin = 1 - (2 * estimate.variation) / Math.sqrt(positive(estimate.referrals, 'referrals'))
  if (!(margin > 0)) throw new RangeError(`too few referrals to know the demand: ${estimate.referrals}`)
  return reliefCapacity(demand / margin, list, targetList, time)
}

/**
 * Capacity that keeps a target list steady, **white-paper formula** (Fong et al. 2022): `demand + 2 (1 + 4 factor) ÷
 * target`. Examples: (30 a week, 52 weeks, factor 3) 30.5; (42, 65, 2) 42.276923; (35, 50, 1) 35.2.
 */
export function targetCapacityWhitePaper(demand: number, target: number, factor: number): number {
  return (
    positive(demand, 'demand', 0) + (2 * (1 + 4 * positive(factor, 'factor', 0))) / positive(target, 'target')
  )
}

/**
 * Capacity that keeps a target list steady, **Kingman's formula** (1961): `demand + factor ÷ target × (v_d² + v_c²) ÷ 2`,
 * with the coefficients of variation of the times between demands and between slots. Examples: (30, 52, factor 3, 1.1,
 * 1.2) 30.076442; (4, 52, factor 4, 1, 1) 4.0769231. Not the white paper's: (30, 52, 3) is 30.5 there.
 */
export function targetCapacityKingman(
  demand: number,
  target: number,
  factor = 4,
  variation: { demand: number; capacity: number } = { demand: 1, capacity: 1 },
): number {
  const noise = (variation.demand ** 2 + variation.capacity ** 2) / 2
  return positive(demand, 'demand', 0) + (positive(factor, 'factor', 0) / positive(target, 'target')) * noise
}

/**
 * Pressure of a list: `2 × mean wait ÷ target` (Fong et al. 2022); 1 is a list at its target. **Both in the same unit**:
 * the R package gives days for weeks. The 2 is theirs and disputed: 1.2698 would be 1 when 92 % wait less than the
 * target. Examples: (55, 50) 2.2; (24, 4) 12; 70 referrals, one a day, target 10 weeks: 2 × 34.5 ÷ 70 = 0.986.
 */
export function pressure(meanWait: number, target: number): number {
  return (2 * positive(meanWait, 'mean wait', 0)) / positive(target, 'target')
}

/**
 * All the rules at once for a list, times in the unit of the target, rates per that unit. Those that ask for what is not
 * given are `undefined`.
 */
export function steadyState(list: {
  demand: number
  capacity: number
  list: number
  target: number
  factor?: number
  reliefTime?: number | undefined
  /** Referrals that the demand was estimated from, and their coefficient of variation. */
  estimate?: { referrals: number; variation: number } | undefined
  meanWait?: number | undefined
  variation?: { demand: number; capacity: number }
}) {
  const { demand, capacity, target, factor = 4, reliefTime, estimate, meanWait, variation } = list
  const targetList = targetListSize(demand, target, factor)
  return {
    load: load(demand, capacity),
    targetList,
    targetMeanWait: targetMeanWait(target, factor),
    underControl: positive(list.list, 'list', 0) <= targetList,
    reliefCapacity:
      reliefTime === undefined ? undefined : reliefCapacity(demand, list.list, targetList, reliefTime),
    reliefCapacityEstimated:
      reliefTime === undefined || estimate === undefined
        ? undefined
        : reliefCapacityEstimated(demand, list.list, targetList, reliefTime, estimate),
    targetCapacityWhitePaper: targetCapacityWhitePaper(demand, target, factor),
    targetCapacityKingman: targetCapacityKingman(demand, target, factor, variation),
    pressure: meanWait === undefined ? undefined : pressure(meanWait, target),
  }
}

function positive(value: number, name: string, from = Number.MIN_VALUE): number {
  if (!(value >= from && value < Number.POSITIVE_INFINITY)) throw new RangeError(`${name}: ${value}`)
  return value
}
