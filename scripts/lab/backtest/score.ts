/** One projection made at one past origin by one model, beside what came. */
export interface Scored {
  /** Series and origin: `total@2010`. */
  id: string
  model: string
  /** Processor seconds spent on it. */
  seconds: number
  mean: number[]
  /** Bounds at 80 and 95 %, where the model gives any. */
  bounds?: { lower: number[]; upper: number[] }[]
  /** What came; `undefined` where it is not known. */
  actual: (number | undefined)[]
  /** The regime of each projected period. */
  regime: string[]
}

/** Levels of the intervals that every model prints. */
export const LEVELS = [0.8, 0.95] as const

/** Errors and coverage of a model over the projections of one regime, in percent. */
export interface Score {
  model: string
  regime: string
  points: number
  /** Mean absolute percentage error. */
  mape: number
  /** Sum of absolute errors over the sum of what came. */
  wape: number
  /** Sum of errors over the sum of what came: positive when too high. */
  bias: number
  coverage80?: number
  coverage95?: number
}

/** Scores of every model in a regime, or in all when none is named. */
export function scores(projections: readonly Scored[], regime?: string): Score[] {
  const models = [...new Set(projections.map(projection => projection.model))]
  return models.map(model => {
    const points = projections
      .filter(projection => projection.model === model)
      .flatMap(projection =>
        projection.mean.flatMap((mean, h) => {
          const actual = projection.actual[h]
          if (actual === undefined || (regime !== undefined && projection.regime[h] !== regime)) return []
          return [{ mean, actual, within: LEVELS.map((_, level) => within(projection, level, h, actual)) }]
        }),
      )
    const size = points.reduce((sum, point) => sum + point.actual, 0)
    const positive = points.filter(point => point.actual > 0)
    const covered = (level: number) =>
      (100 * points.filter(point => point.within[level]).length) / points.length
    const hasBounds = points.length > 0 && points[0]!.within[0] !== undefined
    return {
      model,
      regime: regime ?? 'tout',
      points: points.length,
      mape:
        (100 * positive.reduce((sum, { mean, actual }) => sum + Math.abs(mean / actual - 1), 0)) /
        positive.length,
      wape: (100 * points.reduce((sum, { mean, actual }) => sum + Math.abs(mean - actual), 0)) / size,
      bias: (100 * points.reduce((sum, { mean, actual }) => sum + mean - actual, 0)) / size,
      ...(hasBounds ? { coverage80: covered(0), coverage95: covered(1) } : {}),
    }
  })
}

function within({ bounds }: Scored, level: number, h: number, actual: number): boolean | undefined {
  const interval = bounds?.[level]
  return interval && interval.lower[h]! <= actual && actual <= interval.upper[h]!
}
