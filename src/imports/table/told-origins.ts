import type { Day } from '../../pure/calendar/day.ts'
import { readDay } from '../cells/day-cell.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FrontMatter } from '../front-matter.ts'
import type { Positions } from '../header.ts'

/** Documents told apart in one file. */
const MOST = 50

/** Who published the figures of a table, in which documents and when, as its columns say. */
export class ToldOrigins {
  readonly #told = {
    publisher: new Set<string>(),
    document: new Set<string>(),
    publishedOn: new Set<string>(),
  }

  /** Takes what a row says. */
  gather(cells: readonly string[], positions: Positions): void {
    for (const [field, told] of Object.entries(this.#told)) {
      const position = positions.get(field)
      const text = position === undefined ? '' : (cells[position] ?? '').trim()
      if (text !== '' && told.size < MOST) told.add(text)
    }
  }

  /** Says it of the whole file, when its head says nothing. */
  tell(frontMatter: FrontMatter, today: Day, remarks: RemarkLog): void {
    const { publisher, document, publishedOn } = this.#told
    const [source] = publisher
    const [title] = document
    if (publisher.size === 1 && source !== undefined) frontMatter.source ??= source
    if (document.size === 1 && title !== undefined) frontMatter.document ??= title
    const days = [...publishedOn].flatMap(text => {
      const read = readDay(text)
      return 'value' in read ? [read.value] : []
    })
    const last = days.toSorted().at(-1)
    if (last !== undefined && last <= today) frontMatter.publishedOn ??= last
    if (document.size > 1 || publisher.size > 1 || publishedOn.size > 1)
      remarks.add(
        'several-documents',
        'Chiffres de plusieurs documents : ils sont enregistrés ensemble, au dernier jour de publication',
      )
  }
}
