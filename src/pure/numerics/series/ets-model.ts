/** Shape of an exponential smoothing model: error additive or multiplicative, trend none, additive or damped. */
export type EtsForm = { error: 'A' | 'M'; trend: 'N' | 'A' | 'Ad'; season: 'N' | 'A' | 'M' }

/** Smoothing parameters in the notation of Hyndman, Koehler, Ord & Snyder 2008, and the states before the first value. */
export type EtsParameters = {
  alpha: number
  beta: number
  gamma: number
  phi: number
  level: number
  slope: number
  season: Float64Array
}

/**
 * The models worth trying (Hyndman et al. 2008): no multiplicative trend, and no additive error with a
 * multiplicative season, whose variance is infinite. 15 with a season, 6 without.
 */
export function admissibleForms(seasonal: boolean, positive: boolean): EtsForm[] {
  const forms: EtsForm[] = []
  for (const season of ['N', 'A', 'M'] as const)
    for (const error of ['A', 'M'] as const)
      for (const trend of ['N', 'A', 'Ad'] as const) {
        const unstable = error === 'A' && season === 'M'
        if ((seasonal || season === 'N') && (positive || error === 'A') && !unstable)
          forms.push({ error, trend, season })
      }
  return forms
}

/** Name of a model as it is written in the literature, for example `MAdM`. */
export function formName(form: EtsForm): string {
  return form.error + form.trend + form.season
}
