/** The place that holds all others. */
const NATION = 'FR'

/**
 * The smallest place that holds all of some: a commune, a department or the nation. Who answers for it answers for each,
 * and nobody else does.
 *
 * @param departmentOf department of a commune; `undefined` for another place.
 * @example 16102 and 16015 are within 16; 16102 and 33063 within FR.
 */
export function smallestPlace(
  places: Iterable<string>,
  departmentOf: (code: string) => string | undefined,
): string | undefined {
  let within: string | undefined
  for (const place of new Set(places)) {
    if (within === undefined) within = place
    else {
      const department = departmentOf(place) ?? place
      within = (departmentOf(within) ?? within) === department ? department : NATION
    }
  }
  return within
}
