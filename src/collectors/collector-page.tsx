import type { Child } from 'hono/jsx'
import { Alert, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { COLLECTOR_KINDS, type CollectorKind, nextReading } from './collector.ts'
import type { Collector } from './collector-queries.ts'
import { lastReadingWords, nextReadingWords } from './words.ts'

interface CollectorsPageProps {
  site: Site
  collectors: readonly Collector[]
  /** The minute it is on the clocks of Paris. */
  now: string
  /** What the settings of the service allow. */
  allows: { tokens: boolean; hosts: readonly string[]; folder: boolean }
  placeName: (code: string) => string
  fault?: string | undefined
}

/** What is read every day without anybody typing, with the form that adds one. */
export function CollectorsPage({ site, collectors, now, allows, placeName, fault }: CollectorsPageProps) {
  return (
    <Page
      site={site}
      title="Relevés automatiques"
      path="/collecteurs"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead="Chaque matin, le service lit les créneaux libres des logiciels de rendez-vous et les fichiers déposés. Personne n’a rien à saisir."
    >
      {fault !== undefined && (
        <Alert kind="error" title="Rien n’a été enregistré">
          <p>{fault}</p>
        </Alert>
      )}
      {collectors.length === 0 ? (
        <EmptyState
          title="Aucun relevé automatique"
          reason="Demandez à l’éditeur du logiciel de rendez-vous d’une mairie, ou à France Titres, l’adresse et le jeton de son accès, puis ajoutez-les ci-dessous."
        />
      ) : (
        <Table
          id="releves"
          caption="Relevés automatiques"
          rows={collectors}
          columns={[
            {
              label: 'Nom',
              cell: one => <a href={`/collecteurs/${one.id}`}>{one.name}</a>,
              file: [{ value: one => one.name, type: 'text' }],
            },
            { label: 'Ce qui est lu', cell: one => COLLECTOR_KINDS[one.kind] },
            { label: 'Département', cell: one => placeName(one.department) },
            { label: 'Dernier relevé', cell: one => lastReadingWords(one.lastReading) },
            { label: 'Prochain relevé', cell: one => nextReadingWords(nextReading(one, now)) },
          ]}
        />
      )}
      <h2>Ajouter un relevé</h2>
      <form method="post" action="/collecteurs">
        <Field id="nom" name="name" label="Nom" hint="Par exemple : rendez-vous de Cognac et Jarnac." />
        <div class="fr-select-group">
          <label class="fr-label" for="nature">
            Ce qui est lu
          </label>
          <select class="fr-select" id="nature" name="kind">
            {(Object.entries(COLLECTOR_KINDS) as [CollectorKind, string][])
              .filter(([kind]) => kind !== 'folder' || allows.folder)
              .filter(([kind]) => kind !== 'file-at-address' || allows.hosts.length > 0)
              .map(([kind, words]) => (
                <option value={kind}>{words}</option>
              ))}
          </select>
        </div>
        <Field
          id="adresse"
          name="address"
          label="Adresse"
          hint="L’adresse https:// donnée par l’éditeur ; pour un dossier du serveur, son nom."
        />
        {allows.tokens ? (
          <Field
            id="jeton"
            name="token"
            label="Jeton"
            hint="Facultatif. Gardé chiffré, il ne sera plus jamais montré."
            optional
            secret
          />
        ) : (
          <p>
            Aucun jeton ne peut être gardé tant que la personne qui tient le service n’a pas réglé{' '}
            <code>SECRET_KEY</code>.
          </p>
        )}
        <Field id="heure" name="hour" label="Lu chaque jour à partir de" value="06:00" kind="time" />
        <p>
          <button class="fr-btn" type="submit">
            Ajouter
          </button>
        </p>
      </form>
    </Page>
  )
}

interface FieldProps {
  id: string
  name: string
  label: string
  hint?: Child
  value?: string
  kind?: string
  optional?: boolean
  secret?: boolean
}

/** A line of a form: what is asked, how to answer, and the box. */
export function Field({ id, name, label, hint, value, kind = 'text', optional, secret }: FieldProps) {
  return (
    <div class="fr-input-group">
      <label class="fr-label" for={id}>
        {label}
        {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
      </label>
      <input
        class="fr-input"
        id={id}
        name={name}
        type={secret ? 'password' : kind}
        value={value}
        required={!optional}
        {...(secret ? { autocomplete: 'off' } : {})}
      />
    </div>
  )
}
