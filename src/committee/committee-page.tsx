import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Page } from '../pure/pages/layout.tsx'
import type { RegisterLine } from './register.ts'
import { RegisterSection } from './register-section.tsx'

/** The years for which a committee's report can be made, and what was asked and promised. */
export function CommitteePage({
  department,
  placeName,
  years,
  next,
  register,
}: {
  department: string
  placeName: string
  years: readonly number[]
  /** The year in progress, of which the next committee will speak. */
  next: number
  register: readonly RegisterLine[]
}) {
  return (
    <Page
      title="Comité des usagers"
      path={paths.committee()}
      trail={[]}
      lead={`${placeName} : les tableaux du comité local des usagers, refaits depuis les chiffres publiés, avec leurs écarts et leurs raisons.`}
    >
      {years.length === 0 ? (
        <EmptyState
          title="Aucune année publiée"
          reason="Les tableaux se refont depuis les délais publiés d’ici, une année entière : ceux de son centre n’en tiennent pas lieu."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      ) : (
        <ul>
          {years.map(year => (
            <li>
              <Link to={paths.committeeYear({ year })}>Bilan {year}</Link>
            </li>
          ))}
        </ul>
      )}
      {!years.includes(next) && (
        <p>
          <Link to={paths.committeeYear({ year: next })}>Préparer le prochain comité : bilan {next}</Link> (ce
          qui a été promis, à côté de ce qui est venu, et ce qui est attendu)
        </p>
      )}
      <RegisterSection lines={register} />
      <h2>Pour la réunion des maires</h2>
      <p>
        <Link to={paths.pack()}>Préparer le dossier : toutes les fiches, la couverture et les tableurs</Link>{' '}
        ou <Link to={paths.meeting({ place: department })}>projeter les images</Link>
      </p>
      <p>
        <Link to={paths.feed()}>Suivre les objectifs dépassés et les nouvelles projections (flux Atom)</Link>
      </p>
    </Page>
  )
}
