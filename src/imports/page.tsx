import { frenchCount, frenchDay, frenchInstant } from '../pure/pages/french.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Alert, Details } from '../pure/pages/message.tsx'
import { Table } from '../pure/pages/table.tsx'
import type { FaultReport } from './fault-log.ts'
import type { KINDS, Kind } from './kinds.ts'
import type { PastImport, StoredRelease } from './queries.ts'

interface DataPageProps {
  site: Site
  imports: readonly PastImport[]
  kinds: typeof KINDS
  outcome: StoredRelease | FaultReport | undefined
  chosen: Kind | undefined
}

/** Where a file is dropped, its faults are shown in place, and past imports are listed. */
export function DataPage({ site, imports, kinds, outcome, chosen }: DataPageProps) {
  const entries = Object.entries(kinds) as [Kind, (typeof KINDS)[Kind]][]
  return (
    <Page
      site={site}
      title="Données"
      path="/donnees"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead="Déposez un fichier CSV : tout est enregistré, ou rien. Chaque chiffre garde sa source et son jour de publication ; rien n’est jamais effacé."
    >
      {outcome && <Outcome outcome={outcome} />}
      <h2>Déposer un fichier</h2>
      <form method="post" action="/donnees" enctype="multipart/form-data" class="deposit">
        <div class="fr-select-group">
          <label class="fr-label" for="type">
            Type de fichier
            <span class="fr-hint-text">Facultatif quand le fichier le dit en tête (# type).</span>
          </label>
          <select class="fr-select" id="type" name="type">
            <option value="">Reconnaître tout seul</option>
            {entries.map(([kind, { label }]) => (
              <option value={kind} selected={kind === chosen}>
                {label}
              </option>
            ))}
          </select>
        </div>
        <div class="fr-input-group">
          <label class="fr-label" for="source">
            Qui publie ces chiffres
            <span class="fr-hint-text">
              Facultatif quand le fichier le dit en tête (# source). Exemple : mairie de Cognac.
            </span>
          </label>
          <input class="fr-input" id="source" name="source" type="text" maxlength={200} />
        </div>
        <div class="fr-upload-group">
          <label class="fr-label" for="fichier">
            Fichier CSV
            <span class="fr-hint-text">
              50 Mo au plus. Point-virgule ou virgule, virgule ou point décimal.
            </span>
          </label>
          <input class="fr-upload" id="fichier" name="fichier" type="file" accept=".csv,text/csv" required />
        </div>
        <p>
          <button class="fr-btn" type="submit">
            Envoyer
          </button>
        </p>
      </form>
      <h2>Modèles à remplir</h2>
      <Table
        id="modeles"
        caption="Types de fichiers et modèles"
        rows={entries}
        columns={[
          { label: 'Type', cell: ([, { label }]) => label },
          { label: 'Ce qu’il contient', cell: ([, { description }]) => description },
          {
            label: 'Modèle',
            cell: ([kind]) => (
              <a class="fr-link" href={`/api/imports/templates/${kind}.csv`} download>
                {kind}.csv
              </a>
            ),
          },
        ]}
      />
      <h2>Fichiers importés</h2>
      <Table
        id="imports"
        caption={`${frenchCount(imports.length, 'fichier')}, du plus récent au plus ancien`}
        rows={imports}
        empty="Aucun fichier importé pour l’instant."
        columns={[
          { label: 'N°', cell: row => row.release, numeric: true },
          { label: 'Document', cell: row => row.document, names: true },
          { label: 'Source', cell: row => row.publisher },
          { label: 'Nature', cell: row => NATURES[row.releaseKind] ?? row.releaseKind },
          { label: 'Publié le', cell: row => frenchDay(row.publishedOn) },
          { label: 'Enregistré le', cell: row => frenchInstant(row.recordedAt) },
          { label: 'Lignes', cell: row => row.rows, numeric: true },
        ]}
      />
    </Page>
  )
}

const NATURES: Record<string, string> = {
  initial: 'première publication',
  revision: 'révision',
  correction: 'correction',
  methodology: 'changement de méthode',
}

function Outcome({ outcome }: { outcome: StoredRelease | FaultReport }) {
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
            { label: 'Ligne', cell: fault => fault.line, numeric: true },
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
    <Alert kind="info" title="Ce fichier était déjà importé">
      <p>Rien n’a été écrit : c’est, octet pour octet, l’import n° {outcome.release}.</p>
    </Alert>
  ) : (
    <Alert kind="success" title={`Fichier enregistré : ${frenchCount(outcome.rows, 'ligne')}`}>
      <p>
        Import n° {outcome.release}. Les délais, les attentes et les projections en tiennent compte dès
        maintenant.
      </p>
    </Alert>
  )
}
