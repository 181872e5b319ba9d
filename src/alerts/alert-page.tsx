import { paths } from '../pure/access/paths.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Alert, Outcome } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { chancesInTen } from '../pure/french/chances.ts'
import { frenchDays, frenchInstant } from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { Subscription } from './alert-answer.ts'
import { RULES } from './rule.ts'

interface AlertsPageProps {
  subscriptions: readonly Subscription[]
  /** Whether the settings of the service let mail go out, and calls be signed. */
  allows: { mail: boolean; webhook: boolean }
  department: string
  placeName: (code: string) => string
  /** Key of the calls of the subscription just made: shown once. */
  secret?: string | undefined
  done?: string | undefined
  /** Why what was sent is refused, and the fields as they were sent. */
  fault?: string | undefined
  fields?: Readonly<Record<string, string>>
}

/** What each field of the form is called, on it and where it is refused. */
export const FIELD_NAMES: Record<string, string> = {
  rule: 'Prévenir quand',
  place: 'Lieu',
  days: 'Seuil, en jours',
  quarters: 'Trimestres à venir',
  probability: 'Chances, de 0 à 1',
  target: 'Prévenir à',
}

/** Who is warned of what, with the form that subscribes. */
export function AlertsPage(props: AlertsPageProps) {
  const { subscriptions, allows, department, placeName, secret, done, fault, fields = {} } = props
  const field = (name: string) => ({ name, label: FIELD_NAMES[name] ?? name, value: fields[name] })
  return (
    <Page
      title="Alertes"
      path={paths.alerts()}
      trail={[]}
      refused={fault !== undefined}
      lead="Soyez prévenu quand un délai, une attente ou un relevé demande votre attention. Chaque état est dit une fois tant qu’il dure."
    >
      <Outcome done={done} refused="Rien n’a été enregistré" fault={fault} />
      {secret !== undefined && (
        <Alert kind="info" title="Clé de signature : copiez-la maintenant, elle ne sera plus montrée">
          <pre>
            <code>{secret}</code>
          </pre>
        </Alert>
      )}
      <Table
        id="abonnements"
        caption="Abonnements"
        rows={subscriptions}
        empty="Aucun abonnement."
        columns={[
          { label: 'Ce qui est surveillé', cell: ruleWords },
          { label: 'Lieu', cell: one => placeName(one.place) },
          { label: 'Prévenu', cell: one => one.target },
          {
            label: 'Ce qui est vrai maintenant',
            cell: one =>
              one.holding.length === 0
                ? 'rien au dernier examen'
                : one.holding
                    .map(
                      ({ words, toldAt }) =>
                        `${words} ${toldAt === null ? 'Pas encore dit.' : `Dit le ${frenchInstant(toldAt)}.`}`,
                    )
                    .join(' '),
          },
          {
            label: 'Fin',
            file: [],
            cell: one => (
              <form method="post" action={paths.alertEnd({ id: one.id })}>
                <button class="fr-btn fr-btn--secondary fr-btn--sm" type="submit">
                  Ne plus recevoir<span class="fr-sr-only"> l’alerte {one.id}</span>
                </button>
              </form>
            ),
          },
        ]}
      />
      <h2>S’abonner</h2>
      {!allows.mail && !allows.webhook ? (
        <p>
          Rien ne part tant que la personne qui tient le service n’a pas réglé <code>SMTP_URL</code>, pour le
          courrier, ou <code>SECRET_KEY</code>, pour les appels signés.
        </p>
      ) : (
        <form method="post" action={paths.alerts()}>
          <Choice
            {...field('rule')}
            value={fields['rule'] ?? 'target-missed'}
            options={Object.entries(RULES).map(([value, label]) => ({ value, label }))}
          />
          <Field
            {...field('place')}
            hint="Code du département ou code INSEE."
            value={fields['place'] ?? department}
          />
          <Field {...field('days')} hint="D’attente, ou de silence d’un relevé." />
          <Field {...field('quarters')} hint="Pour une attente projetée." />
          <Field {...field('probability')} hint="Pour une attente projetée : 0,5 par exemple." />
          <Field
            required
            {...field('target')}
            hint={[
              allows.mail ? 'une adresse électronique' : '',
              allows.webhook ? 'une adresse https:// appelée avec une signature' : '',
            ]
              .filter(Boolean)
              .join(', ou ')}
          />
          <p>
            <Submit>S’abonner</Submit>
          </p>
        </form>
      )}
    </Page>
  )
}

function ruleWords({ rule, days, quarters, probability }: Subscription): string {
  const details = [
    days === null ? undefined : frenchDays(days, 0),
    quarters === null ? undefined : `sur ${quarters} trimestres`,
    probability === null ? undefined : `au moins ${chancesInTen(probability)}`,
  ].filter(words => words !== undefined)
  return details.length === 0 ? RULES[rule] : `${RULES[rule]} : ${details.join(', ')}`
}

/** The page of a link that ends a subscription: a button, for programs follow the links of mails. */
export function LeavePage({ address, alert, done }: { address: string; alert: string; done: boolean }) {
  return (
    <Page title="Ne plus recevoir cette alerte" path={address} lead={`${alert}.`}>
      {done ? (
        <Alert kind="success" title="C’est fait : cette alerte ne vous sera plus envoyée" />
      ) : (
        <form method="post" action={address}>
          <Submit>Ne plus recevoir cette alerte</Submit>
        </form>
      )}
    </Page>
  )
}
