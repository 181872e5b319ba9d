import { REFUSALS } from '../errors.ts'
import { paths } from '../pure/access/paths.ts'
import { Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page } from '../pure/pages/layout.tsx'

/** One operation of the API, as the documentation shows it. */
export interface DocumentedOperation {
  method: string
  path: string
  tag: string
  summary: string
  description: string
  parameters: { name: string; where: string; required: boolean; description: string }[]
  answers: { status: string; description: string }[]
}

/** The API for a reader: every operation, every error. It needs no script; the explorer is a link. */
export function DocsPage({ operations }: { operations: readonly DocumentedOperation[] }) {
  const tags = [...new Set(operations.map(operation => operation.tag))]
  return (
    <Page
      title="Documentation de l’API"
      path={paths.docs()}
      trail={[]}
      lead="Tout ce que montrent les pages se lit aussi par programme, en JSON, et pour un tableur, en CSV."
    >
      <p>
        Guides : <a href={paths.document({ slug: 'premier-jour' })}>premier jour d’une préfecture</a>,{' '}
        <a href={paths.document({ slug: 'exploiter' })}>exploiter le service</a>,{' '}
        <a href={paths.document({ slug: 'contribuer' })}>contribuer</a>,{' '}
        <a href={paths.document({ slug: 'droits' })}>qui peut faire quoi</a>,{' '}
        <a href={paths.document({ slug: 'securite' })}>dossier de sécurité</a>.
      </p>
      <p>
        En anglais : <a href={paths.document({ slug: 'accuracy' })}>exactitude mesurée</a>,{' '}
        <a href={paths.document({ slug: 'performance' })}>vitesse mesurée</a>,{' '}
        <a href={paths.decisions()}>décisions d’architecture</a>,{' '}
        <a href={paths.document({ slug: 'glossary' })}>glossaire</a>.
      </p>
      <p>
        Description lisible par programme : <a href={paths.openapi()}>/openapi.json</a> (OpenAPI 3.1).{' '}
        <a href={paths.document({ slug: 'explorer' })}>Essayer les appels dans l’explorateur</a> (demande
        JavaScript).
      </p>
      {tags.map(tag => (
        <Fold heading={tag}>
          {operations
            .filter(operation => operation.tag === tag)
            .map((operation, i) => (
              <section>
                <h3>
                  {operation.method} {operation.path}
                </h3>
                <p>
                  {operation.summary}. {operation.description}
                </p>
                {operation.parameters.length > 0 && (
                  <Table
                    id={`parametres-${tag}-${i}`}
                    caption={`Paramètres de ${operation.method} ${operation.path}`}
                    rows={operation.parameters}
                    columns={[
                      { label: 'Nom', cell: row => row.name },
                      { label: 'Où', cell: row => PLACES[row.where] ?? row.where },
                      { label: 'Nécessaire', cell: row => (row.required ? 'oui' : 'non') },
                      { label: 'Sens', cell: row => row.description },
                    ]}
                  />
                )}
                <ul>
                  {operation.answers.map(answer => (
                    <li>
                      {answer.status} : {answer.description}
                    </li>
                  ))}
                </ul>
              </section>
            ))}
        </Fold>
      ))}
      <Fold heading="Erreurs" id="erreurs">
        <p>
          Une erreur est un document « application/problem+json » (RFC 9457). Le membre « code » est stable :
          un programme peut s’y fier. « detail » dit en français ce qu’il faut faire.
        </p>
        <Table
          id="codes"
          caption="Codes des refus"
          rows={Object.entries(REFUSALS)}
          columns={[
            {
              label: 'Code',
              cell: ([code]) => <span id={code}>{code}</span>,
              file: [{ value: ([code]) => code }],
            },
            { label: 'Statut', figure: ([, { status }]) => status },
            { label: 'Sens', cell: ([, { title }]) => title },
          ]}
        />
      </Fold>
    </Page>
  )
}

const PLACES: Record<string, string> = { query: 'adresse (après ?)', path: 'chemin' }

/** The explorer: Swagger UI, served from here. */
export function ExplorerPage() {
  return (
    <Page
      title="Explorateur de l’API"
      path={paths.document({ slug: 'explorer' })}
      trail={[{ label: 'Documentation de l’API', href: paths.docs() }]}
      lead="Essayer les appels depuis cette page, avec vos droits : un envoi écrit pour de bon."
    >
      <p>
        L’explorateur (Swagger UI, en anglais) demande JavaScript et environ 400 ko. La{' '}
        <a href={paths.docs()}>documentation</a> dit la même chose sans lui.
      </p>
      <button class="fr-btn" id="ouvrir-explorateur" type="button" hidden>
        Ouvrir l’explorateur
      </button>
      <div id="explorateur" tabindex={-1} />
      <script src={paths.pageScript({ file: 'explorer.js' })} defer />
    </Page>
  )
}
