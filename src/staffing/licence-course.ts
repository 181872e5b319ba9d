import { licencePaths } from '../demand/engine/licence.ts'
import { seededRandom } from '../pure/numerics/series/random.ts'
import { lognormalPaths, type PathModel, type RelativePaths } from './demand-path.ts'

/** Where the waves of the licences come from, in French. */
export const LICENCE_COURSE_ORIGIN =
  'mois égaux, puis permis de quinze ans qui reviennent depuis l’été 2028 et permis roses d’ici janvier 2033 (hypothèses de la demande)'

/** Seeds of the waves are this far from those of the errors. */
const WAVE_SEED = 1_000_003

/**
 * Demand paths of a question: errors around the present level and, for licences, the waves of cards and of pink licences on
 * top, as a share of what comes without them. Before the first wave both are the same.
 */
export function coursePaths(model: PathModel & { licencesPerHead?: number | undefined }): RelativePaths {
  const { licencesPerHead } = model
  const plain = lognormalPaths(model)
  if (licencesPerHead === undefined) return plain
  return (months, count, seed) => {
    const random = seededRandom((seed + WAVE_SEED) % 2 ** 31)
    const inputs = { perYear: licencesPerHead, spread: 0, population: 1 }
    const waves = licencePaths(inputs, months, count, random)
    return plain(months, count, seed).map((path, i) =>
      path.map((relative, t) => {
        const { other, medical, card, pink } = waves[i]![t]!
        return relative * (1 + (card + pink) / (other + medical))
      }),
    )
  }
}
