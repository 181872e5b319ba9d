import { SCOPE_NAMES } from '../../pure/access/identity.ts'
import { paths } from '../../pure/access/paths.ts'
import { Choice, Field, Submit } from '../../pure/elements/form-field.tsx'
import { Alert, Outcome } from '../../pure/elements/message.tsx'
import { Table } from '../../pure/elements/table.tsx'
import { frenchInstant } from '../../pure/french/french.ts'
import { Page } from '../../pure/pages/layout.tsx'
import { TOKEN_DAYS } from '../lifetime.ts'
import type { Token } from './token-queries.ts'

interface TokensPageProps {
  tokens: readonly Token[]
  /** Key of the token that was just created: the only time it is shown. */
  created?: string | undefined
  done?: string | undefined
  fault?: string | undefined
}

/** The tokens of a person, with the form that makes one. */
export function TokensPage({ tokens, created, done, fault }: TokensPageProps) {
  const state = ({ revokedAt, expiresAt, over }: Token) =>
    revokedAt !== null
      ? `révoqué le ${frenchInstant(revokedAt)}`
      : over
        ? 'périmé'
        : `jusqu’au ${frenchInstant(expiresAt)}`
  return (
    <Page
      title="Mes jetons"
      path={paths.tokens()}
      trail={[]}
      lead="Un jeton laisse un programme agir en votre nom, jamais avec plus de droits que vous. Une révocation vaut dès la demande suivante."
    >
      {created !== undefined && (
        <Alert kind="success" title="Jeton créé : copiez-le maintenant, il ne sera plus montré">
          <pre>
            <code>{created}</code>
          </pre>
        </Alert>
      )}
      <Outcome done={done} refused="Aucun jeton n’a été créé" fault={fault} />
      <h2>Créer un jeton</h2>
      <form method="post" action={paths.tokens()}>
        <Field
          label="Usage"
          hint="Par exemple : envoi hebdomadaire des rendez-vous."
          name="label"
          required
          limits={{ maxlength: 120 }}
        />
        <Choice
          label="Droits"
          name="scope"
          options={Object.entries(SCOPE_NAMES).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          label="Durée"
          name="days"
          value="90"
          options={TOKEN_DAYS.map(days => ({ value: String(days), label: `${days} jours` }))}
        />
        <p>
          <Submit>Créer</Submit>
        </p>
      </form>
      <Table
        id="jetons"
        caption="Mes jetons"
        rows={tokens}
        empty="Aucun jeton."
        columns={[
          { label: 'Usage', cell: token => token.label },
          { label: 'Droits', cell: token => SCOPE_NAMES[token.scope] },
          { label: 'Créé le', cell: token => frenchInstant(token.createdAt) },
          {
            label: 'Servi le',
            cell: token => (token.usedAt === null ? 'jamais' : frenchInstant(token.usedAt)),
          },
          { label: 'Vie', cell: state },
          {
            label: 'Révoquer',
            file: [],
            cell: token =>
              token.revokedAt !== null || token.over ? (
                '–'
              ) : (
                <form method="post" action={paths.tokenRevocation({ id: token.id })}>
                  <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                    Révoquer<span class="fr-sr-only"> le jeton « {token.label} »</span>
                  </button>
                </form>
              ),
          },
        ]}
      />
    </Page>
  )
}
