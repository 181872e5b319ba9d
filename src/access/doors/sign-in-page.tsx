import { paths } from '../../pure/access/paths.ts'
import { Link } from '../../pure/elements/links.tsx'
import { Alert } from '../../pure/elements/message.tsx'
import { Page } from '../../pure/pages/layout.tsx'

/** The page where people sign in. */
export function SignInPage({ returnTo, local }: { returnTo: string; local: boolean }) {
  return (
    <Page
      title="Connexion"
      path={paths.signIn()}
      trail={[]}
      lead="Les chiffres publiés se lisent sans compte. Un compte sert à importer, publier et planifier."
    >
      {local ? (
        <Alert kind="info" title="Personne ne se connecte ici">
          <p>
            Ce service n’écoute que cette machine : qui l’utilise en est l’administrateur. Pour l’ouvrir à
            d’autres, réglez PUBLIC_URL et OIDC_ISSUER (voir{' '}
            <a href={paths.document({ slug: 'exploiter' })}>Exploiter</a>).
          </p>
        </Alert>
      ) : (
        <>
          <p>
            Vous serez conduit chez votre fournisseur d’identité, puis ramené ici. Votre adresse doit avoir
            été invitée par un administrateur de Vigie Titres.
          </p>
          <p>
            <a class="fr-btn" href={paths.signInDeparture({ retour: returnTo })}>
              Se connecter
            </a>
          </p>
          <p class="fr-hint-text">
            La session dure 12 heures au plus, et se ferme après 30 minutes sans activité. Seul un cookie de
            session est posé.
          </p>
        </>
      )}
    </Page>
  )
}

/** What a person reads once their session is closed. */
export function SignedOutPage() {
  return (
    <Page title="Vous êtes déconnecté" path={paths.signIn()} trail={[]}>
      <p>Votre session est fermée, ici et chez votre fournisseur d’identité s’il le permet.</p>
      <p>
        <Link to={paths.home()}>Revenir à l’accueil</Link>
      </p>
    </Page>
  )
}
