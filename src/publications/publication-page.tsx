import { paths } from '../pure/access/paths.ts'
import { Field, Submit } from '../pure/elements/form-field.tsx'
import { Alert, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { MEASURES } from '../pure/figures/measure.ts'
import { frenchCount, frenchDay, frenchInstant, frenchNumber, frenchQuantity } from '../pure/french/french.ts'
import { figureName } from '../pure/pages/figure-history.tsx'
import { Page } from '../pure/pages/layout.tsx'
import type { CellChange } from './draft.ts'
import type { Draft, Published } from './publication-queries.ts'

interface PublicationsPageProps {
  drafts: readonly Draft[]
  /** What was just published, after the form was sent. */
  published: readonly Published[] | undefined
  placeName: (code: string) => string
}

/** Figures shown of those that a file would change. */
export const MOST_SHOWN = 200

/** Files that nobody reads yet, what each would change, and the button that publishes them together. */
export function PublicationsPage({ drafts, published, placeName }: PublicationsPageProps) {
  const waiting = drafts.filter(draft => draft.embargoUntil === undefined)
  const embargoed = drafts.filter(draft => draft.embargoUntil !== undefined)
  return (
    <Page
      title="Publications"
      path={paths.data()}
      trail={[{ label: 'Données', href: paths.data() }]}
      lead="Ce qui a été importé et que personne ne lit encore : voyez ce que chaque fichier changerait, puis publiez. Tout est publié ensemble, ou rien."
    >
      {published !== undefined && (
        <Alert
          kind="success"
          title={`${frenchCount(published.length, 'fichier publié', 'fichiers publiés')}`}
        >
          <p>
            {published[0]?.embargoUntil == null
              ? 'Leurs chiffres sont en vigueur dès maintenant.'
              : `Leurs chiffres seront lisibles le ${frenchInstant(published[0].embargoUntil)}.`}
          </p>
        </Alert>
      )}
      {waiting.length === 0 ? (
        <EmptyState
          title="Aucun brouillon"
          reason="Un fichier attend ici quand il porte en tête « # brouillon : oui »."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      ) : (
        <form method="post" action={paths.publications()}>
          <fieldset class="fr-fieldset">
            <legend class="fr-fieldset__legend">Fichiers à publier</legend>
            {waiting.map(draft => (
              <div class="fr-fieldset__element">
                <div class="fr-checkbox-group">
                  <input
                    type="checkbox"
                    id={`import-${draft.release}`}
                    name="releases"
                    value={String(draft.release)}
                  />
                  <label class="fr-label" for={`import-${draft.release}`}>
                    n° {draft.release}, {draft.publisher}, {draft.document}
                    <span class="fr-hint-text">
                      {frenchCount(draft.rows, 'ligne')}, {changeCount(draft.changed)}
                    </span>
                  </label>
                </div>
              </div>
            ))}
          </fieldset>
          <Field
            label="Sous embargo jusqu’au"
            hint="Facultatif, à l’heure de Paris."
            name="embargoUntil"
            kind="datetime-local"
          />
          <Field
            label="Motif"
            hint="Facultatif : ce que dira le registre des publications."
            name="reason"
            limits={{ maxlength: 500 }}
          />
          <p>
            <Submit>Publier les fichiers choisis</Submit>
          </p>
        </form>
      )}
      {waiting.length > 0 && <h2>Ce que chaque fichier changerait</h2>}
      {waiting.map(draft => (
        <Changes draft={draft} placeName={placeName} />
      ))}
      {embargoed.length > 0 && <h2>Sous embargo</h2>}
      {embargoed.map(draft => (
        <Changes draft={draft} placeName={placeName} />
      ))}
    </Page>
  )
}

function changeCount(count: number): string {
  return count === 0
    ? 'aucun chiffre en vigueur ne changerait'
    : `${frenchCount(count, 'chiffre changerait', 'chiffres changeraient')}`
}

function Changes({ draft, placeName }: { draft: Draft; placeName: (code: string) => string }) {
  const { release, document, publisher, publishedOn, recordedAt, recordedBy, embargoUntil, reason } = draft
  const { changes, changed } = draft
  const value = (change: CellChange, known: number | undefined) =>
    known === undefined ? '–' : frenchQuantity(known, MEASURES[change.row.measure].unit)
  return (
    <section>
      <h3>
        n° {release}, {document}
      </h3>
      <p>
        {publisher}, document du {frenchDay(publishedOn)}, importé le {frenchInstant(recordedAt)} par{' '}
        {recordedBy}
        {reason === undefined ? '' : `, motif : ${reason}`}
        {embargoUntil === undefined ? '.' : `. Lisible le ${frenchInstant(embargoUntil)}.`}
      </p>
      <Table
        id={`changements-${release}`}
        caption={
          changed > MOST_SHOWN
            ? `Les ${MOST_SHOWN} premiers changements sur ${frenchNumber(changed)}`
            : `Ce que la publication changerait : ${changeCount(changed)}`
        }
        rows={changes.slice(0, MOST_SHOWN)}
        empty="Aucune valeur en vigueur ne changerait : ces valeurs existent déjà, ou s’ajouteraient à d’autres sans les remplacer."
        columns={[
          { label: 'Chiffre', cell: change => figureName(change.row, placeName) },
          {
            label: 'En vigueur',
            cell: change => value(change, change.before),
            file: [{ value: change => change.before, type: 'number' }],
            numeric: true,
          },
          {
            label: 'Deviendrait',
            cell: change => value(change, change.after),
            file: [
              { value: change => change.after, type: 'number' },
              { label: 'Unité', value: change => MEASURES[change.row.measure].unit },
            ],
            numeric: true,
          },
        ]}
      />
    </section>
  )
}
