import { useContext } from 'hono/jsx'
import { paths } from '../pure/access/paths.ts'
import { Link, Links } from '../pure/elements/links.tsx'
import type { NamedLink } from '../pure/elements/named-link.ts'
import { Page, PageSite } from '../pure/pages/layout.tsx'
import type { TownSearch } from '../users/town.ts'

/** A search that leads to no town, or to several. */
export function SearchPage({
  search,
  elsewhere,
}: {
  search: Exclude<TownSearch, { found: 'one' }>
  /** Places of that name in other departments. */
  elsewhere: readonly NamedLink[]
}) {
  return (
    <Page
      title="Trouver une commune"
      path={paths.search()}
      trail={[]}
      lead={
        search.found === 'several' ? (
          `Plusieurs communes commencent par « ${search.words} ».`
        ) : search.words.trim() === '' ? (
          'Écrivez le nom d’une commune, ou son code INSEE, en haut de la page.'
        ) : (
          <Unknown words={search.words} />
        )
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

function Unknown({ words }: { words: string }) {
  const { place } = useContext(PageSite)
  return (
    <>
      {`Aucune commune${place === undefined ? '' : ` (${place})`} ne se nomme « ${words} ». Écrivez le début de son nom, en haut de la page.`}
    </>
  )
}
