import { Links } from '../elements/links.tsx'
import type { NamedLink } from '../elements/named-link.ts'
import { Page } from './layout.tsx'
import { type Paper, PaperBlocks, PaperSections } from './paper.tsx'

/** A document on a page, with the files that say the same. */
export function PaperPage(props: {
  paper: Paper
  path: string
  trail: readonly { label: string; href: string }[]
  document: string
  print: string
  links: readonly NamedLink[]
  /** Whether its parts after the first are folded on the screen. */
  folded?: boolean
}) {
  const { paper, path, trail, document, print, links, folded = false } = props
  return (
    <Page title={paper.title} path={path} trail={trail} lead={paper.subtitle}>
      <p class="no-print">
        <a class="fr-btn" href={print}>
          Imprimer {document} : PDF{paper.pages !== undefined && ` de ${paper.pages} pages`}
        </a>
      </p>
      <details class="no-print table-files">
        <summary>Télécharger {document}</summary>
        <Links to={links} />
      </details>
      <div class={paper.pages === 2 ? 'paper paper-of-two' : 'paper'}>
        {folded ? <PaperSections blocks={paper.blocks} /> : <PaperBlocks blocks={paper.blocks} />}
      </div>
    </Page>
  )
}
