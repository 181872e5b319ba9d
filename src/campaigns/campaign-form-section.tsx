import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { paths } from '../pure/access/paths.ts'
import { isMonth } from '../pure/calendar/period.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { frenchMonth } from '../pure/french/french.ts'
import { type CampaignFault, HOLDER_NAMES } from './campaign.ts'
import { FORM_ROWS } from './campaign-form.ts'
import { MEANS, MEANS_CODES } from './response.ts'

interface CampaignFormProps {
  fields: Readonly<Record<string, string>>
  faults: readonly CampaignFault[]
}

/** The form of a new campaign, as it was sent when it was refused. */
export function CampaignForm({ fields, faults }: CampaignFormProps) {
  const at = (name: string, label: string) => ({
    id: name.replaceAll('.', '-'),
    label,
    name,
    value: fields[name] ?? '',
    fault: faults.find(({ field }) => field === name)?.message,
  })
  return (
    <>
      <h2 id="champ-messages">Nouvelle campagne</h2>
      <form method="get" action={`${paths.campaigns()}#mesure`} class="scenario-form" data-live="mesure">
        <Field {...at('name', 'Nom')} />
        {Array.from({ length: FORM_ROWS }, (_, row) => {
          const of = (field: string, label: string) => at(`messages.${row}.${field}`, label)
          const month = (field: string, label: string) => {
            const cell = of(field, label)
            return { ...cell, value: isMonth(cell.value) ? frenchMonth(cell.value) : cell.value }
          }
          return (
            <fieldset class="fr-fieldset lever">
              <legend class="fr-fieldset__legend">Envoi {row + 1}</legend>
              <div class="lever-cells">
                <Choice
                  {...of('holders', 'Qui')}
                  options={[
                    { value: '', label: 'pas d’envoi' },
                    ...HOLDERS.map(code => ({ value: code, label: HOLDER_NAMES[code] })),
                  ]}
                />
                <Field
                  {...month('endsFrom', 'Titres qui finissent de')}
                  hint="Premier mois : janvier 2031."
                />
                <Field {...month('endsTo', 'jusqu’à')} hint="Vide : ce seul mois." />
                <Field {...month('sentIn', 'Envoyé en')} hint="Mois de l’envoi : janvier 2030." />
                <Choice
                  {...of('means', 'Par')}
                  options={MEANS_CODES.map(code => ({ value: code, label: MEANS[code].name }))}
                />
              </div>
            </fieldset>
          )
        })}
        <p>
          <Submit>Mesurer</Submit>{' '}
          <button
            class="fr-btn fr-btn--secondary"
            type="submit"
            formmethod="post"
            formaction={paths.campaigns()}
          >
            Enregistrer
          </button>
        </p>
      </form>
    </>
  )
}
