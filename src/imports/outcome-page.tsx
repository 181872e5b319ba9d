import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { Alert, Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchDay } from '../pure/french/french.ts'
import type { Fault } from './cells/fault.ts'
import { effectWords } from './effect.ts'
import type { FaultReport } from './fault-log.ts'
import { Remarks } from './preview-page.tsx'
import { ProjectionsLink, ProjectionTable } from './projection-table.tsx'
import type { StoredRelease } from './release-queries.ts'

/** What became of a file that was sent: every fault of it, or what it changes. */
export function Outcome({
  outcome,
  placeName,
}: {
  outcome: StoredRelease | FaultReport
  placeName: (code: string) => string
}) {
  if ('faults' in outcome) {
    return (
      <>
        <Alert
          kind="error"
          title={`Fichier refusé : ${frenchCount(outcome.total, 'défaut')}. Rien n’a été enregistré.`}
        >
          <p>Corrigez les lignes ci-dessous dans votre fichier, puis envoyez-le de nouveau.</p>
        </Alert>
        <Table
          id="defauts"
          caption={
            outcome.total > outcome.faults.length
              ? `Les ${outcome.faults.length} premiers défauts sur ${outcome.total}`
              : 'Défauts du fichier'
          }
          rows={outcome.faults}
          columns={[
            ...(outcome.faults.some(fault => fault.sheet !== undefined)
              ? [{ label: 'Feuille', cell: (fault: Fault) => fault.sheet ?? '' }]
              : []),
            { label: 'Ligne', figure: fault => fault.line },
            { label: 'Colonne', cell: fault => fault.column ?? '' },
            { label: 'Ce qui a été lu', cell: fault => fault.message },
            { label: 'Ce qu’il faut faire', cell: fault => fault.remedy },
          ]}
        />
        <Details summary="Codes pour les programmes">
          <ul>
            {Object.entries(outcome.byCode).map(([code, count]) => (
              <li>
                {code} : {count}
              </li>
            ))}
          </ul>
        </Details>
      </>
    )
  }
  return outcome.alreadyKnown ? (
    <KnownFile {...outcome} />
  ) : (
    <>
      <Alert kind="success" title={`Fichier enregistré : ${frenchCount(outcome.rows, 'ligne')}`}>
        {outcome.public ? (
          <p>
            Import n° {outcome.release}
            {outcome.effect && ` : ${effectWords(outcome.effect)}`}. Les délais, les attentes et les
            projections en tiennent compte dès maintenant.{' '}
            <Link to={paths.release({ release: outcome.release })}>Voir ce qu’il change, ou le retirer</Link>
          </p>
        ) : (
          <p>
            Import n° {outcome.release}, que personne ne lit encore : il attend{' '}
            <Link to={paths.publications()}>sa publication</Link> ou la fin de son embargo.
          </p>
        )}
      </Alert>
      <ProjectionTable moves={outcome.effect?.projections} placeName={placeName} />
      {outcome.effect?.pending && <ProjectionsLink release={outcome.release} />}
      <Remarks remarks={outcome.remarks ?? []} />
    </>
  )
}

/** What became of a file that was sent again and of which nothing was written. */
function KnownFile({ release, standing, replacedBy }: StoredRelease) {
  const known = `c’est, octet pour octet, l’import n° ${release}`
  const [title, words] =
    standing === 'draft'
      ? [
          'Ce fichier est déjà un brouillon',
          <>
            , que personne ne lit tant qu’il attend <Link to={paths.publications()}>sa publication</Link>.
          </>,
        ]
      : standing === 'embargo'
        ? ['Ce fichier est déjà sous embargo', ', lisible à la fin de son embargo.']
        : replacedBy.length > 0
          ? [
              'Ce fichier était déjà importé, et a été remplacé depuis',
              <>
                . Est en vigueur à sa place ce que disent{' '}
                {replacedBy.map((other, i) => (
                  <>
                    {i > 0 && ', '}
                    <Link to={paths.release({ release: other.release })}>
                      l’import n° {other.release} ({other.document}, {frenchDay(other.publishedOn)})
                    </Link>
                  </>
                ))}
                . Pour revenir à ce fichier, retirez-les, ou envoyez-le comme correction (« # nature :
                correction »).
              </>,
            ]
          : ['Ce fichier était déjà importé', ', et tout ce qu’il dit est en vigueur.']
  return (
    <Alert kind="info" title={title}>
      <p>
        Rien n’a été écrit : {known}
        {words}
      </p>
    </Alert>
  )
}
