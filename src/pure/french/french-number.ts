/** A number as French people write it: `12 000`, `0,4`, `−3`; `undefined` where it is none. Example: « 1 234,5 » is 1234.5. */
export function readFrenchNumber(text: string): number | undefined {
  const compact = text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(',', '.')
    .replace('\u2212', '-')
  return /^-?(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(compact) ? Number(compact) : undefined
}
