import { ROLE_NAMES, ROLES, type Role } from '../../pure/access/identity.ts'
import { paths } from '../../pure/access/paths.ts'
import { Alert } from '../../pure/elements/message.tsx'
import { Table } from '../../pure/elements/table.tsx'
import { frenchInstant } from '../../pure/french/french.ts'
import { Page, type Site } from '../../pure/pages/layout.tsx'
import type { Account } from './account-queries.ts'

/** What was typed into the form of invitations, shown again beside its fault. */
export interface InvitationForm {
  email: string
  role: string
  place: string
}

interface AccountsPageProps {
  site: Site
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
export function AccountsPage({ site, accounts, placeName, done, fault, form }: AccountsPageProps) {
  const open = accounts.filter(account => account.closedAt === undefined)
  const closed = accounts.filter(account => account.closedAt !== undefined)
  return (
    <Page
      site={site}
      title="Comptes"
      path={paths.accounts()}
      trail={[]}
      lead="Qui peut se connecter, avec quel rôle et pour quel lieu. Un compte fermé ne peut plus rien dès la demande suivante."
    >
      {done !== undefined && <Alert kind="success" title={done} />}
      {fault !== undefined && (
        <Alert kind="error" title="Personne n’a été invité">
          <p>{fault}</p>
        </Alert>
      )}
      <h2>Inviter une personne</h2>
      <form method="post" action={paths.accounts()}>
        <div class="fr-input-group">
          <label class="fr-label" for="adresse">
            Adresse électronique
            <span class="fr-hint-text">
              Celle que donne son fournisseur d’identité. Aucun message n’est envoyé.
            </span>
          </label>
          <input
            class="fr-input"
            id="adresse"
            name="email"
            type="email"
            autocomplete="off"
            required
            maxlength={200}
            value={form?.email}
          />
        </div>
        <div class="fr-select-group">
          <label class="fr-label" for="role">
            Rôle
          </label>
          <select class="fr-select" id="role" name="role">
            {ROLES.filter(role => role !== 'public').map(role => (
              <option value={role} selected={form?.role === role}>
                {ROLE_NAMES[role]}
                {PLACE_HINTS[role] === undefined ? '' : ` – ${PLACE_HINTS[role]}`}
              </option>
            ))}
          </select>
        </div>
        <div class="fr-input-group">
          <label class="fr-label" for="lieu">
            Lieu
            <span class="fr-hint-text">Rien pour un administrateur, qui répond de tous les lieux.</span>
          </label>
          <input class="fr-input" id="lieu" name="place" type="text" maxlength={5} value={form?.place} />
        </div>
        <p>
          <button class="fr-btn" type="submit">
            Inviter
          </button>
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
            cell: account => (account.place === undefined ? 'tous' : placeName(account.place)),
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
