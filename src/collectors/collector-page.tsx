import { paths } from '../pure/access/paths.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Alert, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { COLLECTOR_KINDS, type CollectorKind, nextReading } from './collector.ts'
import type { Collector } from './collector-answer.ts'
import { lastReadingWords, nextReadingWords } from './words.ts'

interface CollectorsPageProps {
  collectors: readonly Collector[]
  /** The minute it is on the clocks of Paris. */
  now: string
  allows: { tokens: boolean; hosts: readonly string[]; folder: boolean }
  placeName: (code: string) => string
  fault?: string | undefined
}

/** What is read every day without anybody typing, with the form that adds one. */
export function CollectorsPage({ collectors, now, allows, placeName, fault }: CollectorsPageProps) {
  return (
    <Page
      title="Relevés automatiques"
      path={paths.collectors()}
      trail={[]}
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
              cell: one => <a href={paths.collector({ id: one.id })}>{one.name}</a>,
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
      <form method="post" action={paths.collectors()}>
        <Field name="name" label="Nom" required hint="Par exemple : rendez-vous de Cognac et Jarnac." />
        <Choice
          name="kind"
          label="Ce qui est lu"
          value="booking-editor"
          options={(Object.entries(COLLECTOR_KINDS) as [CollectorKind, string][])
            .filter(([kind]) => kind !== 'folder' || allows.folder)
            .filter(([kind]) => kind !== 'file-at-address' || allows.hosts.length > 0)
            .map(([value, label]) => ({ value, label }))}
        />
        <Field
          name="address"
          label="Adresse"
          required
          hint="L’adresse https:// donnée par l’éditeur ; pour un dossier du serveur, son nom."
        />
        {allows.tokens ? (
          <Field
            name="token"
            label="Jeton"
            hint="Facultatif. Gardé chiffré, il ne sera plus jamais montré."
            kind="password"
          />
        ) : (
          <p>
            Aucun jeton ne peut être gardé tant que la personne qui tient le service n’a pas réglé{' '}
            <code>SECRET_KEY</code>.
          </p>
        )}
        <Field name="hour" label="Lu chaque jour à partir de" value="06:00" kind="time" required />
        <p>
          <Submit>Ajouter</Submit>
        </p>
      </form>
    </Page>
  )
}
