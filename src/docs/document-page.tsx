import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { type Document, documentHtml } from './document.ts'

/** A document of the project, as it stands in the repository. */
export function DocumentPage({ document }: { document: Document }) {
  return (
    <Page
      title={document.title}
      path={paths.document({ slug: document.slug })}
      trail={[{ label: 'Documentation', href: paths.docs() }]}
    >
      <div lang="en" class="document">
        {documentHtml(document.text)}
      </div>
    </Page>
  )
}

/** The decisions, oldest first. */
export function DecisionsPage({ decisions }: { decisions: readonly Document[] }) {
  return (
    <Page
      title="Décisions d’architecture"
      path={paths.decisions()}
      trail={[{ label: 'Documentation', href: paths.docs() }]}
      lead="Ce qui a été choisi, quand et pourquoi, une page chacune, de la plus ancienne à la plus récente."
    >
      <ol lang="en">
        {decisions.map(({ slug, title }) => (
          <li>
            <Link to={paths.document({ slug })}>{title}</Link>
          </li>
        ))}
      </ol>
    </Page>
  )
}
