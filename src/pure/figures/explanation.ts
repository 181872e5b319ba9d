/** One step that walks a reader through a computation, in French, for a page or a report. */
export interface ExplanationLine {
  title: string
  text: string
}
