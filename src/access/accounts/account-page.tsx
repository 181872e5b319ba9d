import { ROLE_NAMES, ROLES, type Role } from '../../pure/access/identity.ts'
import { paths } from '../../pure/access/paths.ts'
import { Choice, Field, Submit } from '../../pure/elements/form-field.tsx'
import { Outcome } from '../../pure/elements/message.tsx'
import { Table } from '../../pure/elements/table.tsx'
import { frenchInstant } from '../../pure/french/french.ts'
import { Page } from '../../pure/pages/layout.tsx'
import type { Account } from './account-queries.ts'

/** What was typed into the form of invitations, shown again beside its fault. */
export interface InvitationForm {
  email: string
  role: string
  place: string
}

interface AccountsPageProps {
  accounts: readonly Account[]
  placeName: (code: string) => string
  done?: string | undefined
  fault?: string | undefined
  form?: InvitationForm | undefined
}

const PLACE_HINTS: Partial<Record<Role, string>> = {
  'town-hall': 'code INSEE de la commune (16102)',
  cert: 'code du département (16)',
  prefecture: 'code du département (16)',
}

/** Who may sign in, the form that invites, and the buttons that close an account. */
export function AccountsPage({ accounts, placeName, done, fault, form }: AccountsPageProps) {
  const open = accounts.filter(account => account.closedAt === null)
  const closed = accounts.filter(account => account.closedAt !== null)
  return (
    <Page
      title="Comptes"
      path={paths.accounts()}
      trail={[]}
      lead="Qui peut se connecter, avec quel rôle et pour quel lieu. Un compte fermé ne peut plus rien dès la demande suivante."
    >
      <Outcome done={done} refused="Personne n’a été invité" fault={fault} />
      <h2>Inviter une personne</h2>
      <form method="post" action={paths.accounts()}>
        <Field
          label="Adresse électronique"
          hint="Celle que donne son fournisseur d’identité. Aucun message n’est envoyé."
          name="email"
          kind="email"
          value={form?.email}
          required
          limits={{ maxlength: 200 }}
        />
        <Choice
          label="Rôle"
          name="role"
          value={form?.role}
          options={ROLES.filter(role => role !== 'public').map(role => ({
            value: role,
            label: `${ROLE_NAMES[role]}${PLACE_HINTS[role] === undefined ? '' : ` – ${PLACE_HINTS[role]}`}`,
          }))}
        />
        <Field
          label="Lieu"
          hint="Rien pour un administrateur, qui répond de tous les lieux."
          name="place"
          value={form?.place}
          limits={{ maxlength: 5 }}
        />
        <p>
          <Submit>Inviter</Submit>
        </p>
      </form>
      <Table
        id="comptes"
        caption="Comptes ouverts"
        rows={open}
        empty="Aucun compte : invitez la première personne."
        columns={[
          { label: 'Adresse', cell: account => account.email },
          { label: 'Nom', cell: account => account.name || 'pas encore venue' },
          { label: 'Rôle', cell: account => ROLE_NAMES[account.role] },
          {
            label: 'Lieu',
            cell: account => (account.place === null ? 'tous' : placeName(account.place)),
          },
          { label: 'Invitée le', cell: account => frenchInstant(account.invitedAt) },
          {
            label: 'Fermer',
            file: [],
            cell: account => (
              <form method="post" action={paths.accountClosure({ id: account.id })}>
                <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                  Fermer<span class="fr-sr-only"> le compte de {account.email}</span>
                </button>
              </form>
            ),
          },
        ]}
      />
      {closed.length > 0 && (
        <Table
          id="comptes-fermes"
          caption="Comptes fermés"
          rows={closed}
          columns={[
            { label: 'Adresse', cell: account => account.email },
            { label: 'Rôle', cell: account => ROLE_NAMES[account.role] },
            { label: 'Fermé le', cell: account => frenchInstant(account.closedAt!) },
          ]}
        />
      )}
    </Page>
  )
}
