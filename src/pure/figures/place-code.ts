/** Code of a department of the official geographic code. Example: 16, 2A, 971. Source: COG, INSEE. */
export const DEPARTMENT_CODE = /^(\d{2}|2[AB]|9[78]\d)$/

/** Code of a commune of the official geographic code. Example: 16102, 2A004. Source: COG, INSEE. */
export const COMMUNE_CODE = /^(\d{5}|2[AB]\d{3})$/

/** Is it written as the code of a department or of a commune, or FR for the country? */
export function isPlaceCode(text: string): boolean {
  return text === 'FR' || DEPARTMENT_CODE.test(text) || COMMUNE_CODE.test(text)
}
