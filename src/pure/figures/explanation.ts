/** One step that walks a reader through a computation, in French, for a page or a report. */
export interface ExplanationLine {
  /** What the line is about, for those who pick it out. */
  code?: 'returning' | 'wave'
  /** The year that a wave begins. */
  year?: number
  title: string
  text: string
}
