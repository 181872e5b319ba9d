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
}: {
  site: Site
  paper: Paper
  path: string
  trail: readonly { label: string; href: string }[]
  links: readonly DocumentLink[]
}) {
  return (
    <Page site={site} title={paper.title} path={path} trail={trail} lead={paper.subtitle}>
      <ul class="plain no-print">
        {links.map(({ label, href }) => (
          <li>
            <a class="fr-link fr-link--download" href={href}>
              {label}
            </a>
          </li>
        ))}
      </ul>
      <PaperBlocks blocks={paper.blocks} />
    </Page>
  )
}
