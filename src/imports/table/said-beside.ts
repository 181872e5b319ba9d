import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import type { FileSetting } from '../file-setting.ts'
import type { TableOrigin } from './about.ts'
import type { FoundHeader } from './header-row.ts'
import type { BesideTable } from './plan.ts'
import { readNames, readTitles } from './titles.ts'

const TITLE_WORDS = 8

/** Where a table stands, and what its sender says. */
interface Around {
  setting: FileSetting
  origin: TableOrigin
}

/** What cells are read against. */
export function contextOf({ place, ...setting }: FileSetting): Context {
  return { ...setting, defaultPlace: place ?? setting.defaultPlace, suggesting: true }
}

/** Texts around a table: name of its sheet and of its file. */
export function namesAround({ fileName }: FileSetting, { sheet }: TableOrigin): string[] {
  return [sheet, fileName].flatMap(name => name || [])
}

/** What is said of a table beside its columns: by its sender, by its titles, by the names of its sheet and of its file. */
export function saidBeside(found: FoundHeader, { setting, origin }: Around, context: Context): BesideTable {
  const { frontMatter, sheet } = origin
  const { title, place = frontMatter.place, mapping, remembered, fileName, defaultPlace } = setting
  // A short comment is a title: « # année : 2025 »; a long one is a remark.
  const notes = frontMatter.notes
    .filter(text => text.split(/\s+/).length <= TITLE_WORDS)
    .map(text => ({ text }))
  const above = readTitles([...found.titles, ...notes], context)
  const named = readNames({ sheet, file: fileName }, context)
  const where = above.place ?? named.place
  return {
    given: { title, place, commune: place },
    titles: {
      period: above.period ?? named.period,
      title: above.title ?? named.title,
      place: where,
      commune: where,
    },
    year: above.year ?? named.year,
    mapping: mapping ?? remembered?.(headKey(found.names)),
    spoken: found.titles.map(({ text }) => text),
    hasDefaultPlace: defaultPlace !== undefined,
  }
}

/** What identifies the head of a table, to know the next file that has it. */
export function headKey(names: readonly string[]): string {
  return names.map(nameKey).join('|')
}
