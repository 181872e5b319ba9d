import { paths } from '../pure/access/paths.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Alert, Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount } from '../pure/french/french.ts'
import { TITLE_NAMES, TITLES } from '../pure/law/title.ts'
import type { Remark } from './cells/remark.ts'
import { type KINDS, type Kind, kindName } from './kinds.ts'
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
  const label = kind === null && known === undefined ? 'type non reconnu' : kindName(known ?? kind!)
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
          <form method="post" action={paths.data()} enctype="multipart/form-data" class="deposit">
            {known !== undefined && <input type="hidden" name="type" value={known} />}
            {mapping.slice(0, 60).map(({ column, field }, i) => (
              <Choice
                id={`colonne-${i}`}
                name={`colonne:${column}`}
                label={column || `Colonne ${i + 1}`}
                value={field ?? ''}
                options={fieldsOf(kinds, known)}
              />
            ))}
            <SaidBeside form="colonnes" />
            <div class="fr-upload-group">
              <label class="fr-label" for="fichier-de-nouveau">
                Le même fichier, de nouveau
              </label>
              <input class="fr-upload" id="fichier-de-nouveau" name="fichier" type="file" required />
            </div>
            <p>
              <Submit>Envoyer ainsi</Submit>
            </p>
          </form>
        </Details>
      )}
    </>
  )
}

function fieldsOf(kinds: Kinds, kind: Kind | undefined): { value: string; label: string }[] {
  const some = kind === undefined ? Object.values(kinds) : [kinds[kind]]
  const names = some.flatMap(({ columns }) =>
    Object.entries(columns).map(([field, { name }]): [string, string] => [field, name]),
  )
  return [['', 'Laisser de côté'], ...new Map(names)].map(([value = '', label = '']) => ({ value, label }))
}

/** What may be said of a file that does not say it: who publishes it, when, and what all its figures are about. */
export function SaidBeside({ form }: { form: string }) {
  return (
    <>
      <Field
        id={`${form}-source`}
        name="source"
        label="Qui publie ces chiffres"
        hint="Facultatif quand le fichier le dit en tête (# source). Exemple : mairie de Cognac."
      />
      <Choice
        id={`${form}-titre`}
        name="title"
        label="Titre de tous les chiffres"
        hint="Seulement quand le fichier n’a pas de colonne « titre »."
        value=""
        options={[
          { value: '', label: 'Le fichier le dit' },
          ...TITLES.map(title => ({ value: title, label: TITLE_NAMES[title] })),
        ]}
      />
      <Field
        id={`${form}-lieu`}
        name="place"
        label="Lieu de tous les chiffres"
        hint="Code INSEE ou de département ; seulement quand le fichier n’a pas de colonne de lieu."
      />
      <Field
        id={`${form}-publie`}
        name="publishedOn"
        kind="date"
        label="Publié le"
        hint="Aujourd’hui quand rien ne le dit."
      />
      <Field
        id={`${form}-feuille`}
        name="sheet"
        label="Feuille du classeur"
        hint="Seulement quand plusieurs feuilles peuvent être lues."
      />
    </>
  )
}
