/** What is known of a parameter: seen, computed, modelled, or supposed without a source of its own. */
export const PARAMETER_STATUS_WORDS = {
  observed: 'observé',
  derived: 'calculé',
  estimated: 'estimé',
  assumed: 'hypothèse',
} as const

/** A number that a projection stands on, with what is known of it and where it comes from. */
export interface StatedParameter {
  name: string
  value: number | string
  unit: string
  status: keyof typeof PARAMETER_STATUS_WORDS
  origin: string
}
