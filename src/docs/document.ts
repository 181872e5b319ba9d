import { raw } from 'hono/html'
import { Marked } from 'marked'

/** A Markdown document of the project, as the service shows it. */
export interface Document {
  slug: string
  title: string
  text: string
}

/** The title of a Markdown document: its first heading. @throws Error when it has none. */
export function titleOf(text: string): string {
  const title = /^# (.+)$/m.exec(text)?.[1]
  if (title === undefined) throw new Error('A document begins with a heading.')
  return title
}

/**
 * The text of a document as HTML, without its title, which the page shows. The documents are files of this repository, so
 * that what they hold is trusted; links between them become addresses of the service.
 */
export function documentHtml(text: string) {
  const body = text.replace(/^# .+\n/, '')
  return raw(new Marked({ async: false }).parse(body) as string)
}
