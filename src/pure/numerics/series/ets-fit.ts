import { minimise } from '../optimisation/optimise.ts'
import type { EtsFilter } from './ets-filter.ts'
import type { EtsForm, EtsParameters } from './ets-model.ts'
import type { Start } from './ets-start.ts'

/** How to fit one model. */
export type FitOptions = {
  /** Also optimise the season before the first value, instead of keeping its classical decomposition. */
  freeSeason?: boolean
  /** Standard deviation of the prior on the logits of the smoothing parameters; Infinity for none. */
  priorWidth?: number
  iterations?: number
}

const LOW = 1e-4
const HIGH = 0.9999
const PHI_LOW = 0.8
const PHI_HIGH = 0.98

/**
 * Where the smoothing parameters start and what the prior holds them to: α, β / α, γ / (1 − α) and the place of φ
 * between its bounds. Likelihood alone often ends on a bound; a prior this wide forecasts a little better, and is
 * found in half the steps.
 */
const USUAL = { alpha: 0.3, beta: 0.1, gamma: 0.1, phi: 0.833 }
const PRIOR_WIDTH = 2

/**
 * Fit of one model: its parameters and its objective (`EtsFilter.run`), without the prior. `from` is the point that
 * a sister model with the other kind of error found: it is near.
 */
export function fitForm(
  filter: EtsFilter,
  form: EtsForm,
  start: Start,
  { freeSeason = false, priorWidth = PRIOR_WIDTH, iterations = 50 }: FitOptions,
  from?: Float64Array,
): { parameters: EtsParameters; objective: number; point: Float64Array } {
  const space = new Space(form, start, freeSeason)
  const { centre } = space
  const strength = 1 / (priorWidth * priorWidth * filter.observed)
  const objective = (u: Float64Array, gradient: Float64Array) => {
    const value = filter.run(form, space.read(u), true)
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
    space.pull(u, filter, gradient)
    let penalty = 0
    for (const slot of space.smoothing) {
      const away = u[slot]! - centre[slot]!
      penalty += strength * away * away
      gradient[slot]! += 2 * strength * away
    }
    return value + penalty
  }
  const { point } = minimise(objective, from ?? centre, { iterations, tolerance: 1e-6 })
  const found = space.read(point)
  const parameters = { ...found, season: found.season.slice() }
  return { parameters, objective: filter.run(form, parameters, false), point }
}

/** Parameters of one model as a point without bounds: logits of the smoothing, moves of the first states. */
class Space {
  readonly centre: Float64Array
  /** Slots of the smoothing parameters, which have a prior. */
  readonly smoothing: number[]
  readonly #start: Start
  readonly #parameters: EtsParameters
  readonly #level: number
  readonly #seasonUnit: number
  readonly #slots = { level: 1, beta: -1, slope: -1, gamma: -1, phi: -1, season: -1 }

  constructor(form: EtsForm, start: Start, freeSeason: boolean) {
    const slots = this.#slots
    const trended = form.trend !== 'N'
    let size = 2
    if (trended) {
      slots.beta = size++
      slots.slope = size++
    }
    if (form.season !== 'N') slots.gamma = size++
    if (form.trend === 'Ad') slots.phi = size++
    if (form.season !== 'N' && freeSeason) {
      slots.season = size
      size += start.season.length
    }
    this.smoothing = [0, slots.beta, slots.gamma, slots.phi].filter(slot => slot >= 0)
    this.centre = new Float64Array(size)
    this.centre[0] = logit(USUAL.alpha)
    if (slots.beta >= 0) this.centre[slots.beta] = logit(USUAL.beta)
    if (slots.gamma >= 0) this.centre[slots.gamma] = logit(USUAL.gamma)
    if (slots.phi >= 0) this.centre[slots.phi] = logit(USUAL.phi)
    this.#start = start
    this.#level = trended ? start.level : start.middle
    this.#seasonUnit = form.season === 'M' ? 0.1 : start.spread
    this.#parameters = {
      alpha: 0,
      beta: 0,
      gamma: 0,
      phi: trended ? 1 : 0,
      level: 0,
      slope: 0,
      season: start.season.slice(),
    }
  }

  /** The parameters at a point; the object is reused. β = α β*, γ = (1 − α) γ* keep them in the usual region. */
  read(u: Float64Array): EtsParameters {
    const p = this.#parameters
    const slots = this.#slots
    const { slope, season, spread } = this.#start
    p.alpha = share(u[0]!)
    p.level = this.#level + spread * u[slots.level]!
    if (slots.beta >= 0) {
      p.beta = p.alpha * share(u[slots.beta]!)
      p.slope = slope + (spread / 4) * u[slots.slope]!
    }
    if (slots.gamma >= 0) p.gamma = (1 - p.alpha) * share(u[slots.gamma]!)
    if (slots.phi >= 0) p.phi = PHI_LOW + (PHI_HIGH - PHI_LOW) * logistic(u[slots.phi]!)
    if (slots.season >= 0)
      for (let j = 0; j < season.length; j++)
        p.season[j] = season[j]! + this.#seasonUnit * u[slots.season + j]!
    return p
  }

  /** Chain rule: the gradient of the filter in its parameters becomes that in the point. */
  pull(u: Float64Array, { gradient: g, seasonGradient }: EtsFilter, gradient: Float64Array): void {
    const slots = this.#slots
    const { alpha } = this.#parameters
    const { spread } = this.#start
    let dAlpha = g.alpha
    gradient[slots.level] = g.level * spread
    if (slots.beta >= 0) {
      dAlpha += g.beta * share(u[slots.beta]!)
      gradient[slots.beta] = g.beta * alpha * shareSlope(u[slots.beta]!)
      gradient[slots.slope] = (g.slope * spread) / 4
    }
    if (slots.gamma >= 0) {
      dAlpha -= g.gamma * share(u[slots.gamma]!)
      gradient[slots.gamma] = g.gamma * (1 - alpha) * shareSlope(u[slots.gamma]!)
    }
    if (slots.phi >= 0) {
      const part = logistic(u[slots.phi]!)
      gradient[slots.phi] = g.phi * (PHI_HIGH - PHI_LOW) * part * (1 - part)
    }
    gradient[0] = dAlpha * shareSlope(u[0]!)
    if (slots.season >= 0)
      for (let j = 0; j < seasonGradient.length; j++)
        gradient[slots.season + j] = seasonGradient[j]! * this.#seasonUnit
  }
}

function share(u: number): number {
  return LOW + (HIGH - LOW) * logistic(u)
}

function shareSlope(u: number): number {
  const part = logistic(u)
  return (HIGH - LOW) * part * (1 - part)
}

function logistic(u: number): number {
  return 1 / (1 + Math.exp(-u))
}

function logit(p: number): number {
  return Math.log(p / (1 - p))
}
