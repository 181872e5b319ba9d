import { Marked } from 'marked'

/** A table of a guide; what is written between backquotes is a name to type. */
export interface GuideTable {
  caption: string
  head: readonly string[]
  rows: readonly (readonly string[])[]
}

/** A part of a guide: words, a list, commands to type, or a table. */
export type GuidePart =
  | { text: string }
  | { items: readonly string[] }
  | {
      commands: string
      /** Why no test runs them; the others are run as they stand. */
      elsewhere?: string
    }
  | GuideTable

/** A guide: what to do, in order, by somebody who starts from nothing. */
export interface Guide {
  slug: string
  title: string
  lead: string
  sections: readonly { heading: string; parts: readonly GuidePart[] }[]
}

/**
 * A guide written as Markdown: a title, a lead, then headings with their words. A fenced block holds commands, after `sh` the
 * reason why no test runs them; a paragraph in italics is the caption of the table below it. @throws Error for another element.
 */
export function readGuide(slug: string, markdown: string): Guide {
  const guide = { slug, title: '', lead: '', sections: [] as { heading: string; parts: GuidePart[] }[] }
  for (const token of new Marked().lexer(markdown)) {
    const parts = guide.sections.at(-1)?.parts
    if (token.type === 'space') continue
    if (token.type === 'heading' && token['depth'] === 1) guide.title = token['text']
    else if (token.type === 'heading') guide.sections.push({ heading: token['text'], parts: [] })
    else if (token.type === 'paragraph' && parts === undefined) guide.lead = token['text']
    else if (parts === undefined) throw new Error(`${slug} begins with a title and a lead.`)
    else parts.push(partOf(token, parts))
  }
  return guide
}

function partOf(token: ReturnType<Marked['lexer']>[number], before: GuidePart[]): GuidePart {
  const words = (cells: readonly { text: string }[]) => cells.map(({ text }) => text)
  if (token.type === 'paragraph') return { text: token['text'] }
  if (token.type === 'list') return { items: words(token['items']) }
  if (token.type === 'code') {
    const elsewhere = /^sh (.+)$/.exec(token['lang'] ?? '')?.[1]
    return { commands: token['text'], ...(elsewhere === undefined ? {} : { elsewhere }) }
  }
  const above = before.pop()
  const caption = above !== undefined && 'text' in above && /^\*(.+)\*$/.exec(above.text)?.[1]
  if (token.type !== 'table' || !caption) throw new Error(`A ${token.type} without its caption.`)
  return { caption, head: words(token['header']), rows: token['rows'].map(words) }
}

/** What a cell says, without the backquotes of a name. */
export function bare(cell: string): string {
  return cell.replace(/^`(.*)`$/, '$1')
}
