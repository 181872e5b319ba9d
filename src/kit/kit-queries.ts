import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { odtFile } from '../io/odt.ts'
import { printPaper } from '../io/pdf/print-paper.ts'
import { network } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Paper } from '../pure/pages/paper.tsx'
import { briefGround, briefMakers } from '../towns/brief-queries.ts'
import { KIT_NAMES, kitOf } from './kit.ts'

/** Ways to take a document of the kit away: to edit it, or to print it. */
export const KIT_FORMATS = {
  odt: 'application/vnd.oasis.opendocument.text',
  pdf: 'application/pdf',
} as const
/** One of them. */
export type KitFormat = keyof typeof KIT_FORMATS

/** A document of a kit as a file. */
export async function kitFile(paper: Paper, format: KitFormat): Promise<Uint8Array> {
  return format === 'odt' ? odtFile(paper) : (await printPaper(paper)).pdf
}

/** The kits of every known hall of a department, a folder each, as each document of them is made; `last` says that one ends a hall. */
export async function* kitFiles(db: Kysely<Database>, department: string, today: Day, asOf?: Day) {
  const [{ townHalls }, ground] = await Promise.all([
    network(db, department),
    briefGround(db, department, today, asOf),
  ])
  for (const make of await briefMakers(db, townHalls, ground)) {
    const brief = await make()
    const kit = kitOf(brief)
    // Both printing processes are kept busy; an ODT takes nothing.
    const printed = KIT_NAMES.map(name => ({ name, pdf: kitFile(kit[name], 'pdf') }))
    for (const [i, { name, pdf }] of printed.entries()) {
      const folder = `${brief.insee}/${name}`
      yield { name: `${folder}.odt`, bytes: odtFile(kit[name]), last: false }
      yield { name: `${folder}.pdf`, bytes: await pdf, last: i === printed.length - 1 }
    }
  }
}
