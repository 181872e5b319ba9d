import { Page, type Site } from './layout.tsx'
import { type Paper, PaperBlocks } from './paper.tsx'

/** Ways to take a document away. */
export interface DocumentLink {
  label: string
  href: string
}

/** A document on a page, with the files that say the same. */
export function PaperPage({
  site,
  paper,
  path,
  trail,
  document,
  print,
  links,
}: {
  site: Site
  paper: Paper
  path: string
  trail: readonly { label: string; href: string }[]
  /** What the files hold: `la fiche`. */
  document: string
  /** The same as a PDF, laid out for paper. */
  print: string
  links: readonly DocumentLink[]
}) {
  return (
    <Page site={site} title={paper.title} path={path} trail={trail} lead={paper.subtitle}>
      <p class="no-print">
        <a class="fr-btn" href={print}>
          Imprimer {document} : PDF{paper.pages !== undefined && ` de ${paper.pages} pages`}
        </a>
      </p>
      <p class="no-print">
        Télécharger {document} :{' '}
        {links.map(({ label, href }, i) => (
          <>
            {i > 0 && ' · '}
            <a href={href}>{label}</a>
          </>
        ))}
      </p>
      <div class="paper">
        <PaperBlocks blocks={paper.blocks} />
      </div>
    </Page>
  )
}
