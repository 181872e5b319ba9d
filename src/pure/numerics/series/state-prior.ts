import type { Component } from './component-filter.ts'

/** What is believed, in logs and at quarter pace, of a level that the nation moves and from which a department differs. */
export interface StatePrior {
  nation: { persistence: number; noise: number }
  /** Spread of the difference that stays, of the one that passes, and the quarters in which half of the latter is gone. */
  department: { always: number; passing: number; halving: number }
}

/** A quantity that never changes, of mean 0, by its standard deviation. */
export function constantComponent(spread: number): Component {
  return { mean: 0, variance: spread ** 2, persistence: 1, noise: 0 }
}

/** What is left after a month of what halves in some quarters, at most 1. */
export function monthlyPersistence(halvingQuarters: number): number {
  return 0.5 ** (1 / (3 * halvingQuarters))
}

/** The components of a state at month pace: its level, the nation's course, what stays of a department, what passes of it. */
export function stateComponents(
  level: { mean: number; spread: number },
  { nation, department }: StatePrior,
): Component[] {
  const persistence = nation.persistence ** (1 / 3)
  // Three months of this noise are a quarter's.
  const noise = nation.noise ** 2 / (1 + persistence ** 2 + persistence ** 4)
  const fading = monthlyPersistence(department.halving)
  return [
    { ...constantComponent(level.spread), mean: level.mean },
    { mean: 0, variance: noise / (1 - persistence ** 2), persistence, noise },
    constantComponent(department.always),
    {
      mean: 0,
      variance: department.passing ** 2,
      persistence: fading,
      noise: department.passing ** 2 * (1 - fading ** 2),
    },
  ]
}
