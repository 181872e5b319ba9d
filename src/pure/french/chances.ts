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
