import type { CellReader, Context } from './column.ts'
import { writtenCommune } from './commune-name.ts'
import { flawed, quoted } from './fault.ts'
import { departmentOf, readPlace } from './place-cell.ts'

/**
 * Reads where an appointment is, as booking software names it: `Mairie de Cognac, 68 boulevard Denfert-Rochereau, Cognac, 16100`,
 * a commune by its name or code, and what says nothing of the commune when the sender answers for one.
 */
export const readHall: CellReader<string> = (text, context) => {
  // A hall is of a commune, whose name a department may share.
  const quiet = { ...context, departmentNamed: undefined, suggesting: false }
  const whole = readPlace(text, quiet)
  if ('value' in whole) return whole
  const named = communeIn(text, context)
  const { defaultPlace } = context
  const code = named ?? (defaultPlace?.length === 5 ? defaultPlace : undefined)
  if (code !== undefined) return readPlace(code, context)
  return flawed(
    'unknown-place',
    `${quoted(text)} : de quelle commune est ce lieu ?`,
    'Donnez la commune de tous les rendez-vous à l’envoi (place=16102), ou écrivez le code INSEE de chacune à la place de ce texte.',
  )
}

/** The commune of which a written address or name speaks, when it is the only one. */
export function communeIn(text: string, { communesNamed, defaultPlace }: Context): string | undefined {
  if (communesNamed === undefined) return undefined
  const postcode = /(?<!\d)(\d{2})(\d)\d{2}(?!\d)/.exec(text)
  const near =
    postcode === null ? undefined : /^9[78]/.test(postcode[1]!) ? postcode[1]! + postcode[2]! : postcode[1]!
  const home = departmentOf(defaultPlace)
  const isNear = (department: string) =>
    near !== undefined
      ? department === near || (near === '20' && /^2[AB]$/.test(department))
      : home === undefined || department === home
  for (const part of partsOf(text)) {
    const found = communesNamed(part).filter(({ department }) => isNear(department))
    if (found.length === 1) return found[0]!.code
  }
  return undefined
}

/** The texts of an address that may name a commune: the last ones first, but for what follows « Mairie de ». */
function partsOf(text: string): string[] {
  const parts = text
    .split(/[,;()\n|/]|\s[-–—:]\s/)
    .map(part => part.replace(/(?<!\d)\d{5}(?!\d)/g, ' ').replace(/\bcedex\b.*$/i, ''))
    .map(part => part.replace(/\s+/g, ' ').trim())
    .filter(part => /\p{L}{2}|^[yYöÖ]$/u.test(part))
  const office =
    /\b(?:mairie|ville|commune|hôtel de ville|hotel de ville)\s+(?:annexe\s+)?(?:d['’]|de\s|du\s|des\s).+/i
  const offices = parts.flatMap(part => office.exec(part)?.[0] ?? [])
  return [...offices, ...parts.toReversed(), ...offices.map(part => writtenCommune(part).name.split(' ')[0]!)]
}
