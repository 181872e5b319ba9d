import { Page, type Site } from '../pure/pages/layout.tsx'
import { EmptyState } from '../pure/pages/message.tsx'
import { type Paper, PaperBlocks } from '../pure/pages/paper.tsx'

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

/** The years for which a committee's report can be made. */
export function CommitteePage({
  site,
  placeName,
  years,
}: {
  site: Site
  placeName: string
  years: readonly number[]
}) {
  return (
    <Page
      site={site}
      title="Comité des usagers"
      path="/comite"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`Les tableaux du comité local des usagers de ${placeName}, refaits depuis les chiffres publiés, avec leurs écarts et leurs raisons.`}
    >
      {years.length === 0 ? (
        <EmptyState
          title="Aucune année publiée"
          reason="Importez un fichier de délais."
          action={{ label: 'Importer un fichier', href: '/donnees' }}
        />
      ) : (
        <ul>
          {years.map(year => (
            <li>
              <a class="fr-link" href={`/comite/${year}`}>
                Bilan {year}
              </a>
            </li>
          ))}
        </ul>
      )}
      <h2>Pour la réunion des maires</h2>
      <p>
        <a class="fr-link fr-link--download" href="/api/briefs.zip">
          Toutes les fiches, la couverture et les tableurs (ZIP)
        </a>
      </p>
      <p>
        <a class="fr-link" href="/flux.atom">
          Suivre les objectifs dépassés et les nouvelles projections (flux Atom)
        </a>
      </p>
    </Page>
  )
}
