import { frenchRange } from './french.ts'

/** What every page calls the range from the 5th to the 95th percentile. */
export const NINE_IN_TEN = '9 chances sur 10'

/** The range in which nine futures of ten lie: `nineInTen(34.2, 46.4)` is « 9 chances sur 10 : 34 à 46 ». */
export function nineInTen(low: number, high: number, decimals = 0): string {
  return `${NINE_IN_TEN} : ${frenchRange(low, high, decimals)}`
}

/**
 * Chances in the words of every page, out of ten where that says them to half a chance in ten, out of a hundred at the
 * ends, and never certain: `chancesInTen(0.9)` is « 9 chances sur 10 », 0.97 « 97 chances sur 100 ».
 */
export function chancesInTen(probability: number): string {
  if (probability > 0.99) return 'plus de 99 chances sur 100'
  if (probability < 0.01) return 'moins de 1 chance sur 100'
  const [few, base] =
    probability <= 0.05 || probability >= 0.95
      ? [Math.round(100 * probability), 100]
      : [Math.round(10 * probability), 10]
  return `${few} ${few < 2 ? 'chance' : 'chances'} sur ${base}`
}
