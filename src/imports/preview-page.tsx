import { Alert, Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount } from '../pure/french/french.ts'
import { TITLE_NAMES, TITLES } from '../pure/law/title.ts'
import type { Remark } from './cells/remark.ts'
import type { KINDS, Kind } from './kinds.ts'
import type { Preview } from './preview-answer.ts'
import { ProjectionTable } from './projection-table.tsx'

type Kinds = typeof KINDS

/** What is told of a file without refusing it. */
export function Remarks({ remarks }: { remarks: readonly Pick<Remark, 'message'>[] }) {
  if (remarks.length === 0) return null
  return (
    <Alert kind="info" title={frenchCount(remarks.length, 'chose à savoir', 'choses à savoir')}>
      <ul>
        {remarks.map(({ message }) => (
          <li>{message}</li>
        ))}
      </ul>
    </Alert>
  )
}

/** What a file was understood to be, its first rows, and what each of its columns may be said to be by hand. */
export function ReadingPreview({
  preview,
  kinds,
  chosen,
  placeName,
}: {
  preview: Preview
  kinds: Kinds
  chosen: Kind | undefined
  placeName: (code: string) => string
}) {
  const { kind, sheet, header, mapping, written, changes, rowCount, faults } = preview
  const known = kind !== null && kind in kinds ? (kind as Kind) : chosen
  const label = known === undefined ? 'type non reconnu' : kinds[known].label
  return (
    <>
      <h2 id="apercu">Ce qui a été compris</h2>
      <p>
        {label}
        {sheet !== null && ` ; feuille « ${sheet} »`}
        {faults.length === 0 && ` ; ${frenchCount(rowCount, 'ligne lue', 'lignes lues')}`}. Rien n’est
        enregistré.
      </p>
      {changes && (
        <p>
          {frenchCount(changes.figures.added, 'chiffre ajouté', 'chiffres ajoutés')},{' '}
          {frenchCount(changes.figures.revised, 'révisé', 'révisés')},{' '}
          {frenchCount(changes.figures.contradicted, 'contredit', 'contredits')},{' '}
          {frenchCount(changes.figures.unchanged, 'déjà connu', 'déjà connus')}
          {changes.facts.changed > 0 &&
            ` ; ${frenchCount(changes.facts.changed, 'fait changé', 'faits changés')}`}
          .
        </p>
      )}
      <ProjectionTable moves={changes?.projections} placeName={placeName} />
      <Remarks remarks={preview.remarks} />
      {header.length > 0 && (
        <Table
          id="premieres-lignes"
          caption="Les premières lignes du fichier"
          rows={written.slice(0, 8)}
          columns={header.slice(0, 12).map((name, i) => ({
            label: name || `Colonne ${i + 1}`,
            cell: (cells: string[]) => cells[i] ?? '',
          }))}
        />
      )}
      {header.length > 0 && (
        <Details summary="Dire ce qu’est chaque colonne">
          <form method="post" action="/donnees" enctype="multipart/form-data" class="deposit">
            {known !== undefined && <input type="hidden" name="type" value={known} />}
            {mapping.slice(0, 60).map(({ column, field }, i) => (
              <div class="fr-select-group">
                <label class="fr-label" for={`colonne-${i}`}>
                  {column || `Colonne ${i + 1}`}
                </label>
                <select class="fr-select" id={`colonne-${i}`} name={`colonne:${column}`}>
                  <option value="">Laisser de côté</option>
                  {fieldsOf(kinds, known).map(([name, shown]) => (
                    <option value={name} selected={name === field}>
                      {shown}
                    </option>
                  ))}
                </select>
              </div>
            ))}
            <SaidBeside form="colonnes" />
            <div class="fr-upload-group">
              <label class="fr-label" for="fichier-de-nouveau">
                Le même fichier, de nouveau
              </label>
              <input class="fr-upload" id="fichier-de-nouveau" name="fichier" type="file" required />
            </div>
            <p>
              <button class="fr-btn" type="submit">
                Envoyer ainsi
              </button>
            </p>
          </form>
        </Details>
      )}
    </>
  )
}

function fieldsOf(kinds: Kinds, kind: Kind | undefined): [string, string][] {
  const some = kind === undefined ? Object.values(kinds) : [kinds[kind]]
  return [
    ...new Map(
      some.flatMap(({ columns }) =>
        Object.entries(columns).map(([field, { name }]): [string, string] => [field, name]),
      ),
    ),
  ]
}

/** What may be said of a file that does not say it: who publishes it, when, and what all its figures are about. */
export function SaidBeside({ form }: { form: string }) {
  return (
    <>
      <div class="fr-input-group">
        <label class="fr-label" for={`${form}-source`}>
          Qui publie ces chiffres
          <span class="fr-hint-text">
            Facultatif quand le fichier le dit en tête (# source). Exemple : mairie de Cognac.
          </span>
        </label>
        <input class="fr-input" id={`${form}-source`} name="source" type="text" maxlength={200} />
      </div>
      <div class="fr-select-group">
        <label class="fr-label" for={`${form}-titre`}>
          Titre de tous les chiffres
          <span class="fr-hint-text">Seulement quand le fichier n’a pas de colonne « titre ».</span>
        </label>
        <select class="fr-select" id={`${form}-titre`} name="title">
          <option value="">Le fichier le dit</option>
          {TITLES.map(title => (
            <option value={title}>{TITLE_NAMES[title]}</option>
          ))}
        </select>
      </div>
      <div class="fr-input-group">
        <label class="fr-label" for={`${form}-lieu`}>
          Lieu de tous les chiffres
          <span class="fr-hint-text">
            Code INSEE ou de département ; seulement quand le fichier n’a pas de colonne de lieu.
          </span>
        </label>
        <input class="fr-input" id={`${form}-lieu`} name="place" type="text" maxlength={5} />
      </div>
      <div class="fr-input-group">
        <label class="fr-label" for={`${form}-publie`}>
          Publié le
          <span class="fr-hint-text">Aujourd’hui quand rien ne le dit.</span>
        </label>
        <input class="fr-input" id={`${form}-publie`} name="publishedOn" type="date" />
      </div>
      <div class="fr-input-group">
        <label class="fr-label" for={`${form}-feuille`}>
          Feuille du classeur
          <span class="fr-hint-text">Seulement quand plusieurs feuilles peuvent être lues.</span>
        </label>
        <input class="fr-input" id={`${form}-feuille`} name="sheet" type="text" maxlength={200} />
      </div>
    </>
  )
}
