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
  /** Where the page is: the address of the service, and its own without the filters. */
  origin: string
  path: string
  figures: ReadFigure[]
  assetVersion?: string
}

/** A chart of a page, as it may be shown elsewhere. */
export interface ReadFigure {
  id: string
  title: string
  subtitle: string
  source: string
  /** The drawing, without what surrounds it. */
  drawing: unknown
  notes: unknown
}

/** A reading of a page that has told nothing yet. */
export function newReading(address: { origin: string; path: string; query: string }): Reading {
  return { title: '', choices: {}, tables: [], figures: [], ...address }
}

/** The reading under way; `undefined` where nothing can be taken away, such as the answer to a form. */
export const PageReading = createContext<Reading | undefined>(undefined)

/** Source of the drawing that a table goes with. */
export const DrawingSource = createContext<string | undefined>(undefined)

/** A page that tells its tables to a reading while it is drawn. */
export function ReadPage({ reading, children }: { reading: Reading; children: Child }) {
  return <PageReading.Provider value={reading}>{children}</PageReading.Provider>
}
