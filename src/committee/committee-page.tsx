import { raw } from 'hono/html'
import type { Day } from '../pure/calendar/day.ts'
import { EmptyState } from '../pure/elements/message.tsx'
import { frenchCount, frenchDay } from '../pure/french/french.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import type { RegisterLine } from './register.ts'
import { RegisterSection } from './register-section.tsx'

/** The years for which a committee's report can be made, and what was asked and promised. */
export function CommitteePage({
  site,
  placeName,
  years,
  register,
}: {
  site: Site
  placeName: string
  years: readonly number[]
  register: readonly RegisterLine[]
}) {
  return (
    <Page
      site={site}
      title="Comité des usagers"
      path="/comite"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`${placeName} : les tableaux du comité local des usagers, refaits depuis les chiffres publiés, avec leurs écarts et leurs raisons.`}
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
      <RegisterSection lines={register} />
      <h2>Pour la réunion des maires</h2>
      <p>
        <a class="fr-link" href="/comite/dossier">
          Préparer le dossier : toutes les fiches, la couverture et les tableurs
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

/** Where the lines of the progress come in the page of a pack. */
export const PROGRESS_MARK = '<!-- progress -->'

/** The making of a meeting's pack, one line for each sheet as it is done, then the file. */
export function PackPage({
  site,
  department,
  halls,
  asOf,
}: {
  site: Site
  department: string
  halls: number
  asOf: Day | undefined
}) {
  return (
    <Page
      site={site}
      title="Dossier de la réunion des maires"
      path="/comite/dossier"
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Comité des usagers', href: '/comite' },
      ]}
      lead={`${asOf === undefined ? '' : `Tel qu’il aurait pu être remis le ${frenchDay(asOf)}, et ce qui est venu depuis : `}${frenchCount(halls, 'fiche')}, deux tableurs et la couverture. Chaque ligne s’affiche quand la pièce est prête.`}
    >
      <p class="until-ready">
        <a class="fr-link" href="/comite">
          Arrêter
        </a>{' '}
        : quitter cette page suffit, rien n’est gardé à moitié.
      </p>
      <ol>{raw(PROGRESS_MARK)}</ol>
      <p class="ready">
        Le dossier est prêt.{' '}
        <a
          class="fr-link fr-link--download"
          href={`/api/briefs.zip?department=${department}${asOf === undefined ? '' : `&asOf=${asOf}`}`}
          download
        >
          Télécharger le dossier (ZIP)
        </a>
      </p>
    </Page>
  )
}
