import { useContext } from 'hono/jsx'
import { paths } from '../access/paths.ts'
import { Links } from '../elements/links.tsx'
import { Alert } from '../elements/message.tsx'
import { Page, PageSite } from './layout.tsx'

/** A refusal in words: what happened, and what the reader can do. */
export interface Problem {
  status: number
  code: string
  title: string
  detail: string
  faults?: readonly string[]
}

/** The page of a refusal. It says what to do before it says its number. */
export function ProblemPage({ path, problem }: { path: string; problem: Problem }) {
  return (
    <Page title={problem.title} path={path} lead={problem.detail}>
      {problem.faults !== undefined && problem.faults.length > 0 && (
        <Alert kind="error" title="Ce qu’il faut corriger">
          <ul>
            {problem.faults.map(fault => (
              <li>{fault}</li>
            ))}
          </ul>
        </Alert>
      )}
      <Ways path={path} code={problem.code} />
      <p class="problem-code">
        Erreur {problem.status} (<code>{problem.code}</code>)
      </p>
    </Page>
  )
}

function Ways({ path, code }: { path: string; code: string }) {
  const { navigation } = useContext(PageSite)
  const section = navigation.find(({ href }) => href !== '/' && path.startsWith(`${href}/`))
  const ways = [
    ...(code === 'sign-in-again' ? [{ label: 'Se reconnecter', href: paths.signIn() }] : []),
    ...(section === undefined ? [] : [{ label: `Voir la page « ${section.label} »`, href: section.href }]),
    { label: 'Revenir à l’accueil', href: paths.home() },
  ]
  return <Links to={ways} class="ways" />
}
