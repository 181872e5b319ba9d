import { Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import { frenchDay } from '../pure/french/french.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { RENEWAL_WINDOW_MONTHS } from '../pure/law/renewal-window.ts'
import type { Comparison } from './campaign-answer.ts'

/** What the effect of a campaign rests on: answers believed, what the law lets, and what is not counted. */
export function CampaignGrounds({ responses, today }: { responses: Comparison['responses']; today: string }) {
  const law = [EARLY_RENEWAL, RENEWAL_WINDOW_MONTHS, OLD_CARD_TRAVEL_END].map(({ label, values }) => {
    const value = values.find(({ from }) => from <= today) ?? values[0]
    return { label, ...value }
  })
  return (
    <Fold heading="Sur quoi cela repose" printed>
      <Table
        id="reponses"
        caption="Part de ceux qui viendraient plus tard et viennent dans les trois mois de l’envoi"
        rows={responses}
        columns={[
          { label: 'Par', cell: ({ name }) => name },
          { label: 'Médiane', figure: ({ p50 }) => p50, as: 'share', decimals: 1 },
          {
            label: NINE_IN_TEN,
            range: ({ p05, p95 }) => ({ low: 100 * p05, high: 100 * p95 }),
            unit: '%',
            decimals: 1,
          },
          { label: 'Apprise', cell: ({ learnt }) => (learnt ? 'de campagnes comptées' : 'non : a priori') },
          { label: 'Origine', cell: ({ origin }) => origin },
          { label: '€ par personne', figure: ({ euros }) => euros, decimals: 2 },
          { label: 'Origine du coût', cell: ({ costOrigin }) => costOrigin },
        ]}
      />
      <h3>Ce que la loi permet</h3>
      <ul>
        {law.map(({ label, from, value, source, note }) => (
          <li>
            {label}
            &nbsp;:{' '}
            {value === true ? 'oui' : typeof value === 'number' ? `${value} mois` : frenchDay(String(value))},
            depuis le {frenchDay(from)} (
            {source.href === undefined ? source.title : <a href={source.href}>{source.title}</a>}).
            {note !== undefined && ` ${note}`}
          </li>
        ))}
      </ul>
      <h3>Ce qui n’est pas compté</h3>
      <ul>
        <li>
          Seul l’État connaît les titulaires&nbsp;: une lettre ou un SMS suppose que France Titres les
          prévienne. Une commune peut afficher et publier.
        </li>
        <li>
          Une lettre peut aussi faire venir qui ne serait jamais venu, et les titres faits plus tôt finissent
          plus tôt&nbsp;: ni l’un ni l’autre n’est ajouté aux demandes d’après 2033.
        </li>
        <li>
          L’échange anticipé d’une carte d’ancien format est ouvert pour l’identité numérique&nbsp;: l’envoi
          doit le dire.
        </li>
        <li>
          Les créneaux sont ceux d’aujourd’hui, ou ceux qui reçoivent les demandes d’aujourd’hui là où aucun
          horaire n’est importé. Agents du CERT&nbsp;: ceux des dossiers d’ici seuls.
        </li>
      </ul>
    </Fold>
  )
}
