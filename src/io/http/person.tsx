import type { Context } from 'hono'
import { ANYBODY, LOCAL_ADMINISTRATOR, ROLE_NAMES } from '../../pure/access/identity.ts'
import { paths } from '../../pure/access/paths.ts'
import { Link } from '../../pure/elements/links.tsx'
import { identityOf } from './identity.ts'

const PLACE = '<div class="person" id="personne"></div>'

/** Writes in the header of a page who is looking at it, and the way in or out. */
export async function withPerson(c: Context, text: string): Promise<string> {
  if (!text.includes(PLACE)) return text
  const links = (await PersonLinks(c)).toString()
  // A name may hold what a text of replacement takes for an order: $`.
  return text.replace(PLACE, () => links)
}

function PersonLinks(c: Context) {
  const { role, account, name } = identityOf(c)
  if (account === LOCAL_ADMINISTRATOR.account)
    return (
      <p class="person">
        <span>{name}, cette machine seulement</span> <Link to={paths.projections()}>Projections</Link>{' '}
        <Link to={paths.journal()}>Journal</Link>
      </p>
    )
  if (role === ANYBODY.role)
    return (
      <p class="person">
        <Link to={paths.signIn({ retour: c.req.path })}>Se connecter</Link>
      </p>
    )
  return (
    <form class="person" method="post" action={paths.signOut()}>
      <span>
        {name} ({ROLE_NAMES[role]})
      </span>{' '}
      {role === 'administrator' && (
        <>
          <Link to={paths.accounts()}>Comptes</Link> <Link to={paths.projections()}>Projections</Link>{' '}
          <Link to={paths.journal()}>Journal</Link>{' '}
        </>
      )}
      <Link to={paths.tokens()}>Jetons</Link>{' '}
      <button class="fr-link" type="submit">
        Se déconnecter
      </button>{' '}
      <button class="fr-link" type="submit" name="partout" value="oui">
        Fermer toutes mes sessions
      </button>
    </form>
  )
}
