import type { Context } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import { departmentOf } from '../cells/place-cell.ts'
import type { TablePlan } from './plan.ts'
import type { SourceColumn } from './row.ts'

/** The flaw of a row two of whose columns speak of different places or years: a column sorted without the others, a postal code. */
export function disagreement(
  { echoes = {}, departments, positions, header }: TablePlan,
  cells: readonly string[],
  { communesNamed, knownCommunes }: Context,
): (Flaw & SourceColumn) | undefined {
  if (departments === undefined && echoes.names === undefined && echoes.years === undefined) return undefined
  const on = (index: number, flaw: Flaw) => ({
    column: header[index] ?? '',
    columnNumber: index + 1,
    ...flaw,
  })
  const at = (index: number | undefined) => (index === undefined ? '' : (cells[index] ?? '').trim())
  const placed = positions.get('commune') ?? positions.get('place')
  const written = at(placed).toUpperCase()
  const code = /^\d{4}$/.test(written) ? `0${written}` : written
  if (placed !== undefined && /^\d[\dAB]\d{3}$/.test(code)) {
    const department = departments?.codeOf(at(departments.index))
    if (department !== undefined && department !== departmentOf(code))
      return on(placed, elsewhere(written, at(departments!.index)))
    const name = at(echoes.names)
    const named = name === '' ? [] : (communesNamed?.(name) ?? [])
    const known = knownCommunes(code)
    const own = known.state === 'merged' ? [code, known.successor] : [code]
    if (known.state !== 'unknown' && named.length > 0 && !named.some(one => own.includes(one.code)))
      return on(placed, misnamed(written, name, named[0]!.code, header[echoes.names!]!))
  }
  const said = at(echoes.years)
  if (said === '') return undefined
  const period = positions.get('period')
  const year = parsePeriod(at(period))?.period.slice(0, 4)
  return period === undefined || year === undefined || said === year
    ? undefined
    : on(period, otherYear(at(period), said, header[echoes.years!]!))
}

function misnamed(code: string, name: string, meant: string, column: string): Flaw {
  return flawed(
    'place-mismatch',
    `Le code ${quoted(code)} n’est pas celui de ${quoted(name)}.`,
    `Écrivez ${meant} s’il s’agit de ${quoted(name)} ; si le code est le bon, corrigez ${quoted(column)}. Un code postal n’est pas un code INSEE.`,
  ).flaw
}

function elsewhere(code: string, department: string): Flaw {
  return flawed(
    'place-mismatch',
    `La commune ${quoted(code)} n’est pas du département ${quoted(department)}.`,
    'Corrigez celui des deux qui se trompe.',
  ).flaw
}

function otherYear(period: string, year: string, column: string): Flaw {
  return flawed(
    'invalid-period',
    `${quoted(period)} n’est pas de ${year}, que dit la colonne ${quoted(column)}.`,
    'Corrigez celle des deux colonnes qui se trompe.',
  ).flaw
}
