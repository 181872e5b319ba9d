import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchInstant, frenchNumber } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { Job } from './job-answer.ts'

const JOB_STATES: Record<string, string> = {
  created: 'en attente',
  retry: 'à reprendre',
  active: 'en cours',
  completed: 'finie',
  cancelled: 'annulée',
  failed: 'échouée',
}
const ENDED = ['completed', 'cancelled', 'failed']

interface JobsPageProps {
  jobs: readonly Job[]
  placeName: (code: string) => string
}

/** How far the projections asked of the workers are. */
export function JobsPage({ jobs, placeName }: JobsPageProps) {
  const ended = jobs.filter(job => ENDED.includes(job.state)).length
  return (
    <Page
      title="Projections demandées"
      path={paths.projections()}
      trail={[]}
      lead="Ce que des processus calculent à côté des pages : une projection pour chaque département, et celle de la nation."
    >
      <p class="no-print">
        <Link to={paths.projections()}>Actualiser la page</Link>
      </p>
      {jobs.length > 0 && (
        <p>
          <label for="avancement">
            {frenchCount(ended, 'projection finie', 'projections finies')} sur {frenchNumber(jobs.length)}
          </label>{' '}
          <progress id="avancement" max={jobs.length} value={ended} />
        </p>
      )}
      <Table
        id="projections"
        caption="Celles en cours d’abord, puis les plus récentes"
        rows={jobs}
        empty="Aucune projection n’a été demandée."
        note={
          <>
            <code>npm run project</code> les demande, <code>npm run worker</code> les calcule (autant de
            processus que voulu, sur les machines que voulu), <code>npm run project -- --cancel</code> annule
            celles qui attendent.
          </>
        }
        columns={[
          { label: 'Territoire', cell: job => placeName(job.subject) },
          { label: 'État', cell: job => JOB_STATES[job.state] ?? job.state },
          { label: 'Essais', figure: job => job.attempts },
          { label: 'Commencée', cell: job => instantOrDash(job.startedAt) },
          { label: 'Finie', cell: job => instantOrDash(job.endedAt) },
          { label: 'Résultat', cell: job => job.outcome ?? '–' },
        ]}
      />
    </Page>
  )
}

function instantOrDash(instant: string | null): string {
  return instant === null ? '–' : frenchInstant(instant)
}
