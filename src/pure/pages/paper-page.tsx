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
  links,
  document,
}: {
  site: Site
  paper: Paper
  path: string
  trail: readonly { label: string; href: string }[]
  /** What the files hold: `la fiche`. */
  document: string
  links: readonly DocumentLink[]
}) {
  return (
    <Page site={site} title={paper.title} path={path} trail={trail} lead={paper.subtitle}>
      <p class="no-print">
        Télécharger {document} :{' '}
        {links.map(({ label, href }, i) => (
          <>
            {i > 0 && ' · '}
            <a href={href}>{label}</a>
          </>
        ))}
      </p>
      <PaperBlocks blocks={paper.blocks} />
    </Page>
  )
}
