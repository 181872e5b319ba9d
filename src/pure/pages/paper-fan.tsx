import { type FanData, fanDescription } from '../charts/fan.ts'
import { FanDrawing } from '../charts/fan-drawing.tsx'
import type { PaperFigure } from './paper.tsx'

/** A fan as a figure of a paper: both drawings, and its words for those who do not see them. */
export function paperFan(data: FanData, source: string, csv?: string): PaperFigure {
  return {
    id: data.id,
    title: data.title,
    subtitle: data.subtitle,
    alternative: `${data.title}. ${fanDescription(data)}`,
    wide: String(<FanDrawing {...data} variant="wide" />),
    // Drawn when a page asks for it: nothing that is printed does.
    get narrow() {
      return String(<FanDrawing {...data} variant="narrow" />)
    },
    source,
    ...(csv === undefined ? {} : { csv }),
  }
}
