import { paths } from '../pure/access/paths.ts'
import { Link, Links } from '../pure/elements/links.tsx'
import type { NamedLink } from '../pure/elements/named-link.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import type { TownSearch } from '../users/town.ts'

/** A search that leads to no town, or to several. */
export function SearchPage({
  site,
  search,
  elsewhere,
}: {
  site: Site
  search: Exclude<TownSearch, { found: 'one' }>
  /** Places of that name in other departments. */
  elsewhere: readonly NamedLink[]
}) {
  return (
    <Page
      site={site}
      title="Trouver une commune"
      path={paths.search()}
      trail={[]}
      lead={
        search.found === 'several'
          ? `Plusieurs communes commencent par « ${search.words} ».`
          : search.words.trim() === ''
            ? 'Écrivez le nom d’une commune, ou son code INSEE, en haut de la page.'
            : `Aucune commune${site.place === undefined ? '' : ` (${site.place})`} ne se nomme « ${search.words} ». Écrivez le début de son nom, en haut de la page.`
      }
    >
      {search.found === 'several' && (
        <Links
          to={search.names.map(name => ({
            label: name,
            href: paths.search({ ville: name }),
          }))}
        />
      )}
      {elsewhere.length > 0 && (
        <>
          <p>Ailleurs en France&nbsp;:</p>
          <Links to={elsewhere} />
        </>
      )}
      <p>
        <Link to={paths.townHalls()}>Toutes les mairies équipées</Link>
      </p>
    </Page>
  )
}
