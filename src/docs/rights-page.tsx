import { POLICY, type Rule } from '../access/policy.ts'
import { KINDS } from '../imports/kinds.ts'
import { ROLE_NAMES, ROLES, SCOPE_NAMES } from '../pure/access/identity.ts'
import { KINDS_BROUGHT } from '../pure/access/kinds-brought.ts'
import { paths } from '../pure/access/paths.ts'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page } from '../pure/pages/layout.tsx'

const REACHES: Record<Rule['reach'], string> = {
  all: 'sans limite de lieu',
  own: 'pour le lieu dont le compte répond',
  published: 'ce qui est publié ; ce qui attend, pour qui répond de tous les lieux de ses lignes',
}

/** Who may do what, drawn from the table that the service itself obeys. */
export function RightsPage() {
  return (
    <Page
      title="Droits"
      path={paths.docs()}
      trail={[{ label: 'Documentation', href: paths.docs() }]}
      lead="Qui peut faire quoi. Cette page est tirée de la table que le service applique ; une adresse qui n’y est pas est fermée à tous."
    >
      <p>
        Une mairie répond de sa commune ; un CERT et une préfecture, de leur département et de ses communes ;
        un administrateur, de tous les lieux. La base de données tient une seconde fois les mêmes règles,
        ligne par ligne.
      </p>
      <Table
        id="droits"
        caption="Droits par rôle"
        rows={POLICY}
        columns={[
          { label: 'Droit', cell: rule => rule.says },
          ...ROLES.map(role => ({
            label: ROLE_NAMES[role],
            cell: (rule: Rule) => (rule.may.includes(role) ? 'oui' : '–'),
          })),
          { label: 'Portée', cell: rule => REACHES[rule.reach] },
          { label: 'Jeton', cell: rule => `« ${SCOPE_NAMES[rule.scope]} » au moins` },
        ]}
      />
      <h2>Fichiers que chacun apporte</h2>
      <ul>
        {ROLES.filter(role => role !== 'public').map(role => (
          <li>
            {ROLE_NAMES[role]} :{' '}
            {KINDS_BROUGHT[role]?.map(kind => KINDS[kind].label.toLowerCase()).join(', ') ?? 'tous'}
          </li>
        ))}
      </ul>
      <h2>Adresses de chaque droit</h2>
      {POLICY.map(rule => (
        <Details summary={rule.says}>
          <ul>
            {rule.routes.map(route => (
              <li>
                <code>{route}</code>
              </li>
            ))}
          </ul>
        </Details>
      ))}
    </Page>
  )
}
