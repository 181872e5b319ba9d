import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { Choice, Field } from '../pure/elements/form-field.tsx'
import { type CampaignFault, HOLDER_NAMES } from './campaign.ts'
import { FORM_ROWS } from './campaign-form.ts'
import { MEANS, MEANS_CODES } from './response.ts'

interface CampaignFormProps {
  fields: Readonly<Record<string, string>>
  faults: readonly CampaignFault[]
}

/** The form of a new campaign, as it was sent when it was refused. */
export function CampaignForm({ fields, faults }: CampaignFormProps) {
  const cell = (id: string, label: string, hint?: string) => (
    <Field
      id={id.replaceAll('.', '-')}
      label={label}
      name={id}
      value={fields[id] ?? ''}
      fault={faults.find(({ field }) => field === id)?.message}
      {...(hint === undefined ? {} : { hint })}
    />
  )
  const choice = (id: string, label: string, options: { value: string; label: string }[]) => (
    <Choice
      id={id.replaceAll('.', '-')}
      label={label}
      name={id}
      value={fields[id] ?? ''}
      fault={faults.find(({ field }) => field === id)?.message}
      options={options}
    />
  )
  return (
    <>
      <h2 id="champ-messages">Nouvelle campagne</h2>
      <form method="get" action="/campagnes#mesure" class="scenario-form" data-live="mesure">
        {cell('name', 'Nom')}
        {Array.from({ length: FORM_ROWS }, (_, row) => {
          const at = (field: string) => `messages.${row}.${field}`
          return (
            <fieldset class="fr-fieldset lever">
              <legend class="fr-fieldset__legend">Envoi {row + 1}</legend>
              <div class="lever-cells">
                {choice(at('holders'), 'Qui', [
                  { value: '', label: 'pas d’envoi' },
                  ...HOLDERS.map(code => ({ value: code, label: HOLDER_NAMES[code] })),
                ])}
                {cell(at('endsFrom'), 'Titres qui finissent de', 'Premier mois : 2031-01.')}
                {cell(at('endsTo'), 'jusqu’à', 'Vide : ce seul mois.')}
                {cell(at('sentIn'), 'Envoyé en', 'Mois de l’envoi : 2030-01.')}
                {choice(
                  at('means'),
                  'Par',
                  MEANS_CODES.map(code => ({ value: code, label: MEANS[code].name })),
                )}
              </div>
            </fieldset>
          )
        })}
        <p>
          <button class="fr-btn" type="submit">
            Mesurer
          </button>{' '}
          <button class="fr-btn fr-btn--secondary" type="submit" formmethod="post" formaction="/campagnes">
            Enregistrer
          </button>
        </p>
      </form>
    </>
  )
}
