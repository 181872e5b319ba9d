/** A part of a guide: words, commands to type, or a table of two columns. */
export type GuidePart =
  | { text: string }
  | {
      commands: string
      /** Why no test runs them; the others are run as they stand. */
      elsewhere?: string
    }
  | { rows: readonly (readonly [string, string])[]; head: readonly [string, string]; caption: string }

/** A guide: steps to follow in order, by somebody who starts from nothing. */
export interface Guide {
  slug: string
  title: string
  lead: string
  sections: readonly { heading: string; parts: readonly GuidePart[] }[]
}
