import { paths } from '../pure/access/paths.ts'
import { Choice, Submit } from '../pure/elements/form-field.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { Measure } from '../pure/figures/measure.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import type { Vintage } from '../pure/figures/vintage.ts'
import { compareFrench, frenchCount, frenchNumber, frenchPeriod } from '../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'
import { FigureHistory, figureName, stateWords, vintageValue } from '../pure/pages/figure-history.tsx'
import { FilterForm } from '../pure/pages/filter-form.tsx'
import { Page } from '../pure/pages/layout.tsx'
import type { FaultReport } from './fault-log.ts'
import type { PastImport } from './import-answer.ts'
import { ImportTable } from './import-history.tsx'
import { CONTOURS } from './kinds/contour-file.ts'
import type { KINDS, Kind } from './kinds.ts'
import { Outcome } from './outcome-page.tsx'
import type { Preview } from './preview-answer.ts'
import { ReadingPreview, SaidBeside } from './preview-page.tsx'
import type { StoredRelease } from './release-queries.ts'
import { SourceWatch, type SourceWatchProps } from './source-watch.tsx'
import type { FigureChoices } from './vintage-queries.ts'

interface DataPageProps {
  imports: readonly PastImport[]
  /** Whether the reader may bring files. */
  deposits: boolean
  kinds: typeof KINDS
  outcome: StoredRelease | FaultReport | undefined
  /** What a file was understood to be, when it was only looked at or could not be read. */
  preview?: Preview | undefined
  chosen: Kind | undefined
  /** What came last from each source, and what comes next. */
  watch: SourceWatchProps
  contested: readonly (readonly Vintage[])[]
  history: FigureChoice
  placeName: (code: string) => string
  mayWithdraw: (row: PastImport) => boolean
}

/** The figure whose history is shown, among those that can be. */
export interface FigureChoice {
  measure: Measure
  title: Title | undefined
  place: string | undefined
  period: string | undefined
  /** Whether the reader chose it. */
  asked: boolean
  choices: FigureChoices
  /** `undefined` when they are too many to be shown at once. */
  vintages: readonly Vintage[] | undefined
}

const MOST_SHOWN = 200
const LISTED_IMPORTS = 3

/** Where a file is dropped, its faults are shown in place, and past imports are listed. */
export function DataPage(props: DataPageProps) {
  const {
    imports,
    deposits,
    kinds,
    outcome,
    preview,
    chosen,
    watch,
    contested,
    history,
    placeName,
    mayWithdraw,
  } = props
  return (
    <Page
      title="Données"
      path={paths.data()}
      trail={[]}
      lead="Déposez un fichier, CSV ou classeur : tout est enregistré, ou rien. Chaque chiffre garde sa source et son jour de publication ; rien n’est jamais effacé."
    >
      {outcome && <Outcome outcome={outcome} placeName={placeName} />}
      {preview && <ReadingPreview preview={preview} kinds={kinds} chosen={chosen} placeName={placeName} />}
      {deposits ? (
        <Deposit kinds={kinds} chosen={chosen} />
      ) : (
        <p>
          <a href={paths.signIn({ retour: paths.data() })}>Connectez-vous</a> pour déposer un fichier.
        </p>
      )}
      <SourceWatch {...watch} />
      <h2>Chiffres en conflit</h2>
      {contested.length === 0 ? (
        <p>Aucun chiffre n’a deux valeurs publiées que rien ne départage.</p>
      ) : (
        <Details summary={frenchCount(contested.length, 'chiffre en conflit', 'chiffres en conflit')} printed>
          <p>
            Deux documents, ou deux endroits d’un document, donnent des valeurs différentes. La première
            publiée reste en vigueur tant que personne ne déclare de révision.
          </p>
          <Table
            id="conflits"
            caption={frenchCount(contested.length, 'chiffre en conflit', 'chiffres en conflit')}
            rows={contested}
            columns={[
              {
                label: 'Chiffre',
                file: [{ value: ([first]) => first && figureName(first.row, placeName) }],
                cell: values => {
                  const { row } = values[0]!
                  return (
                    <a
                      class="fr-link"
                      href={`${paths.data({ measure: row.measure, title: row.title, place: row.place, period: row.period })}#versions`}
                    >
                      {figureName(row, placeName)}
                    </a>
                  )
                },
              },
              {
                label: 'Valeurs publiées',
                file: [
                  {
                    value: values =>
                      values.map(value => `${vintageValue(value)} (${value.row.document})`).join(' ; '),
                  },
                ],
                cell: values => (
                  <ul class="plain">
                    {values.map(value => (
                      <li>
                        <strong>{vintageValue(value)}</strong> ({stateWords(value)}) : {value.row.document}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        </Details>
      )}
      <h2 id="versions">Les versions d’un chiffre</h2>
      <Details summary="Choisir un chiffre" open={history.asked} printed>
        <p>Toutes les valeurs publiées s’affichent, même celles qui ont été remplacées.</p>
        <FigureForm {...history} />
        {history.vintages === undefined ? (
          <p>Cette mesure est publiée pour trop de lieux pour être montrée d’un coup : choisissez un lieu.</p>
        ) : (
          <FigureHistory
            id="versions-tableau"
            caption={`${MEASURES[history.measure].name}, ${
              history.vintages.length > MOST_SHOWN
                ? `les ${MOST_SHOWN} premières valeurs publiées sur ${frenchNumber(history.vintages.length)}`
                : frenchCount(history.vintages.length, 'valeur publiée', 'valeurs publiées')
            }`}
            vintages={history.vintages.slice(0, MOST_SHOWN)}
            placeName={placeName}
          />
        )}
      </Details>
      <h2>Fichiers importés</h2>
      <p>
        <Link to={paths.publications()}>Ce qui attend sa publication</Link>
        {' · '}
        <Link to={paths.thresholds()}>Le secret des petits nombres</Link>
      </p>
      <ImportTable
        id="imports"
        caption={`Les ${Math.min(LISTED_IMPORTS, imports.length)} derniers, du plus récent au plus ancien`}
        rows={imports.slice(0, LISTED_IMPORTS)}
        mayWithdraw={mayWithdraw}
      />
      {imports.length > LISTED_IMPORTS && (
        <Details
          summary={`Voir les ${frenchCount(imports.length - LISTED_IMPORTS, 'fichier précédent', 'fichiers précédents')}`}
        >
          <ImportTable
            id="imports-anciens"
            caption="Fichiers plus anciens"
            rows={imports.slice(LISTED_IMPORTS)}
            mayWithdraw={mayWithdraw}
          />
        </Details>
      )}
    </Page>
  )
}

function FigureForm({ measure, title, place, period, choices }: FigureChoice) {
  return (
    <FilterForm
      action={`${paths.data()}#versions`}
      submit="Voir les versions"
      filters={[
        {
          name: 'measure',
          label: 'Mesure',
          value: measure,
          options: choices.measures.map(one => ({ value: one, label: MEASURES[one].name })),
        },
        {
          name: 'title',
          label: 'Titre',
          value: title ?? '',
          options: [
            { value: '', label: 'Tous' },
            ...choices.titles.map(one => ({ value: one, label: TITLE_NAMES[one] })),
          ],
        },
        {
          name: 'place',
          label: 'Lieu',
          value: place ?? '',
          options: [
            { value: '', label: 'Tous' },
            ...choices.places
              .toSorted((a, b) => compareFrench(a.name, b.name))
              .map(({ code, name }) => ({ value: code, label: name })),
          ],
        },
        {
          name: 'period',
          label: 'Période',
          value: period ?? '',
          options: [
            { value: '', label: 'Toutes' },
            ...choices.periods.map(one => ({ value: one, label: frenchPeriod(one) })),
          ],
        },
      ]}
    />
  )
}

/** The form that takes a file, with the templates to fill in. */
function Deposit({ kinds, chosen }: Pick<DataPageProps, 'kinds' | 'chosen'>) {
  const entries = Object.entries(kinds) as [Kind, (typeof KINDS)[Kind]][]
  return (
    <>
      <h2>Déposer un fichier</h2>
      <form method="post" action={paths.data()} enctype="multipart/form-data" class="deposit">
        <Choice
          name="type"
          label="Type de fichier"
          hint="Facultatif quand le fichier le dit en tête (# type)."
          value={chosen ?? ''}
          options={[
            { value: '', label: 'Reconnaître tout seul' },
            ...entries.map(([value, { label }]) => ({ value, label })),
            { value: CONTOURS, label: 'Contours des communes (GeoJSON)' },
          ]}
        />
        <div class="fr-upload-group">
          <label class="fr-label" for="fichier">
            Fichier
            <span class="fr-hint-text">
              CSV (50 Mo au plus), classeur XLSX, XLS ou ODS (10 Mo au plus), ou GeoJSON de communes. Tableaux
              larges, titres et totaux compris.
            </span>
          </label>
          <input
            class="fr-upload"
            id="fichier"
            name="fichier"
            type="file"
            accept=".csv,.txt,.tsv,.xlsx,.xls,.ods,.geojson,.json,text/csv"
            required
          />
        </div>
        <Details summary="Ce que le fichier ne dit pas">
          <SaidBeside form="depot" />
        </Details>
        <p>
          <Submit>Envoyer</Submit>{' '}
          <button class="fr-btn fr-btn--secondary" type="submit" name="geste" value="apercu">
            Voir sans enregistrer
          </button>
        </p>
      </form>
      <Details summary="Modèles à remplir, un par type de fichier">
        <Table
          id="modeles"
          caption="Types de fichiers et modèles"
          rows={entries}
          columns={[
            { label: 'Type', cell: ([, { label }]) => label },
            { label: 'Ce qu’il contient', cell: ([, { description }]) => description },
            {
              label: 'Modèle',
              file: [{ value: ([kind]) => paths.apiTemplate({ file: `${kind}.csv` }) }],
              cell: ([kind, { label }]) => (
                <a class="fr-link" href={paths.apiTemplate({ file: `${kind}.csv` })} download>
                  Modèle « {label} » (CSV)
                </a>
              ),
            },
          ]}
        />
        <p>
          Contours des communes, pour la carte : un fichier GeoJSON dont chaque commune porte son code INSEE
          (propriété « code » ou « insee »). Choisissez le type « Contours des communes » ci-dessus.
        </p>
      </Details>
    </>
  )
}
