import { NOT_FOR_ASSUMED } from '../places/equipped.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Link } from '../pure/elements/links.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { frenchCount, frenchDay } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { PackJob } from './pack-line-queries.ts'

const TITLE = 'Dossier de la réunion des maires'
const TRAIL = [{ label: 'Comité des usagers', href: paths.committee() }]

function leadOf(halls: number, asOf: Day | null | undefined): string {
  const told = asOf
    ? `Tel qu’il aurait pu être remis le ${frenchDay(asOf)}, et ce qui est venu depuis : `
    : ''
  return `${told}${frenchCount(halls, 'fiche')}, deux tableurs et la couverture.`
}

interface PackPageProps {
  department: string
  halls: number
  asOf: Day | undefined
}

/** The form that asks for a meeting's pack. */
export function PackPage({ department, halls, asOf }: PackPageProps) {
  if (halls === 0)
    return (
      <Page title={TITLE} path={paths.pack()} trail={TRAIL}>
        <EmptyState
          title="Pas encore de fiche"
          reason={`Aucune mairie équipée n’est connue ici, et ${NOT_FOR_ASSUMED}`}
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      </Page>
    )
  return (
    <Page title={TITLE} path={paths.pack()} trail={TRAIL} lead={leadOf(halls, asOf)}>
      <form method="post" action={paths.pack()}>
        <Field name="department" label="Département" hint="16, 2A, 971…" value={department} required />
        <Field
          name="asOf"
          label="Tel qu’un jour passé"
          hint="vide : aujourd’hui"
          kind="date"
          value={asOf ?? ''}
        />
        <Choice
          name="content"
          label="Contenu"
          value="briefs"
          options={[
            { value: 'briefs', label: 'Fiches de la réunion' },
            { value: 'kits', label: 'Kits de communication des mairies' },
          ]}
        />
        <Submit>Préparer le dossier</Submit>
      </form>
    </Page>
  )
}

/** A pack asked for: its place in the line, how far it is, then its file. */
export function PackJobPage({ job, archive }: { job: PackJob; archive: string | null }) {
  const { id, department, asOf, halls, place, content } = job
  return (
    <Page
      title={content === 'kits' ? 'Kits de communication des mairies' : TITLE}
      path={paths.packJob({ id })}
      trail={TRAIL}
      lead={`${department} : ${content === 'kits' ? `${frenchCount(halls, 'mairie')}, sept documents chacune, à modifier (ODT) et à imprimer (PDF).` : leadOf(halls, asOf)}`}
    >
      <div role="status" data-followed={place === null ? '' : 'on'}>
        <div>
          <PackState job={job} archive={archive} />
        </div>
      </div>
    </Page>
  )
}

function PackState({ job, archive }: { job: PackJob; archive: string | null }) {
  const { id, department, asOf, halls, sheets, state, place } = job
  if (archive !== null)
    return (
      <p>
        Le dossier est prêt, et gardé une heure.{' '}
        <a class="fr-link fr-link--download" href={archive} download>
          Télécharger le dossier (ZIP)
        </a>
      </p>
    )
  if (state === 'failed')
    return (
      <p>
        Le dossier n’a pas pu être fait. <Link to={paths.pack({ department, asOf })}>Le redemander</Link>
      </p>
    )
  return (
    <>
      <p>
        {state === 'waiting'
          ? `En place ${place} dans la file.`
          : `${frenchCount(sheets, 'fiche faite', 'fiches faites')} sur ${halls}.`}
      </p>
      <p>
        <label for="fiches">Avancement</label> <progress id="fiches" max={halls} value={sheets} />
      </p>
      <p class="no-print">
        <Link to={paths.packJob({ id })}>Actualiser la page</Link> : le dossier se fait même si vous la
        quittez.
      </p>
    </>
  )
}
