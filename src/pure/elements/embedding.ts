import { paths } from '../access/paths.ts'
import type { ReadFigure, Reading } from './page-reading.tsx'

/** Pages of public figures, whose charts other sites may show: what follows `/embed`, a card when it ends in `.png`. */
export const EMBEDDED = new RegExp(
  `^(?:${paths.waits()}|${paths.demand()}|${paths.trackRecord()}|${paths.delays()}/[a-z-]+|${paths.townHalls()}(?:/[0-9AB]{5})?)$`,
)

/** What another site writes to show a chart of a page. */
export function embeddingCode({ origin, path, query }: Reading, { id, title }: ReadFigure): string {
  const about = new URLSearchParams(query)
  about.set('dessin', id)
  const address = `${origin}${paths.embedded().replace('/*', path)}?${about}`.replaceAll('&', '&amp;')
  return `<iframe src="${address}" title="${title.replaceAll('"', '&quot;')}" width="100%" height="560" loading="lazy"></iframe>`
}
