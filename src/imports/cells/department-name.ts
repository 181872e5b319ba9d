import { nameKey } from './name.ts'

/** The code of the department of a name, or `undefined`. */
export type DepartmentNamed = (name: string) => string | undefined

const CODE = '0[1-9]|[1-8]\\d|9[0-5]|2[ab]|97[1-8]|98[678]'
const WRITTEN = new RegExp(
  `^(?:\\(?0?(${CODE})\\)?\\s*[-–:.]?\\s*)?(?:(?:département|departement|dépt|dept|dpt|dép|dep|préfecture|prefecture)\\b\\.?\\s*)?(.+?)(?:\\s*(?:\\(|,\\s*|\\s[-–]\\s)(${CODE})\\)?)?$`,
  'iu',
)
const ARTICLE = /^(?:(?:de\s+)?(?:la\s|le\s|les\s|l['’]|du\s|des\s|d['’])|de\s+)\s*/i

/** Finds departments by their names, as people write them: « Charente », « Charente (16) », « 16 - Charente », « Département de la Charente ». */
export function departmentsByName(departments: Iterable<{ code: string; name: string }>): DepartmentNamed {
  const codes = new Map<string, string>()
  for (const { code, name } of departments) codes.set(keyOf(name), code)
  return text => {
    const [, before, name = '', after] = WRITTEN.exec(text.normalize('NFC').trim()) ?? []
    const code = codes.get(keyOf(name))
    const said = (before ?? after)?.toUpperCase()
    return said === undefined || said === code ? code : undefined
  }
}

function keyOf(name: string): string {
  return nameKey(name.replace(ARTICLE, ''))
}

/** Whether the name of a column says that it holds departments: « Département », « Code dépt ». */
export function headsDepartments(heading: string): boolean {
  return /^(code|nom)?(du)?d(e?pt|ep)/.test(nameKey(heading))
}
