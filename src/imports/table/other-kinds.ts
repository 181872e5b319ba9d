import { quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import { type Kind, kindChoice } from '../kinds.ts'
import { kindInWords } from './titles.ts'

/** Columns, by their index, whose names speak of another kind of file than the one read; none that is said by hand. */
export function columnsOfOthers(
  names: readonly string[],
  read: Kind,
  mapping: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<number, Kind> {
  return new Map(
    names.flatMap((name, i) => {
      const spoken = mapping?.has(nameKey(name)) ? undefined : kindInWords([name])
      return spoken === undefined || spoken === read ? [] : [[i, spoken] as const]
    }),
  )
}

/** Whether a column speaks of the kind read: figures of others beside it are none of its own. */
export function speaksOf(names: readonly string[], read: Kind): boolean {
  return names.some(name => kindInWords([name]) === read)
}

/** What is told of a column that is left aside, with the kind of file that it is of. */
export function asideWords(name: string, other: Kind | undefined): string {
  const why =
    other === undefined
      ? 'rien ici ne s’en sert'
      : `elle dit autre chose. Renvoyez le fichier sous le type ${kindChoice([other])} pour la lire`
  return `Colonne ${quoted(name)} laissée de côté : ${why}`
}
