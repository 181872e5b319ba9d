import { type Child, createContext } from 'hono/jsx'
import type { ReadTable } from './table-file.ts'

/** What a page tells of itself while it is drawn, for those who take one of its tables away. */
export interface Reading {
  /** Title of the page, told by the page. */
  title: string
  /** What its path chooses: the place, the title. */
  choices: Readonly<Record<string, string | undefined>>
  /** The filters of its address, as they stand there. */
  query: string
  tables: ReadTable[]
}

/** The reading under way; `undefined` where nothing can be taken away, such as the answer to a form. */
export const PageReading = createContext<Reading | undefined>(undefined)

/** Source of the drawing that a table goes with. */
export const DrawingSource = createContext<string | undefined>(undefined)

/** A page that tells its tables to a reading while it is drawn. */
export function ReadPage({ reading, children }: { reading: Reading; children: Child }) {
  return <PageReading.Provider value={reading}>{children}</PageReading.Provider>
}
