import { HOLDERS } from '../demand/engine/cohort-flow.ts'
import { rangeFile } from '../pure/elements/column.ts'
import { Choice, Field } from '../pure/elements/form-field.tsx'
import { Alert, Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import { chancesInTen } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDay,
  frenchInstant,
  frenchList,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchRange,
  longQuarter,
  shortQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { RENEWAL_WINDOW_MONTHS } from '../pure/law/renewal-window.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { type CampaignFault, HOLDER_NAMES } from './campaign.ts'
import { type Comparison, type Measured, PLAN_NAMES } from './campaign-answer.ts'
import { CampaignChart, type PlanLine } from './campaign-chart.tsx'
import { FORM_ROWS } from './campaign-form.ts'
import type { SavedCampaign } from './campaign-queries.ts'
import { MEANS, MEANS_CODES } from './response.ts'

type Effect = Measured['effect']
type Band = Effect['told']
type Responses = Comparison['responses']

interface CampaignsPageProps {
  site: Site
  placeName: string
  today: string
  found: Comparison | { reason: string }
  saved: readonly SavedCampaign[]
  fields: Readonly<Record<string, string>>
  faults: readonly CampaignFault[]
}

/** What campaigns would change before the wave: the verdict, the peak with and without, three plans, the best calendar. */
export function CampaignsPage({ site, placeName, today, found, saved, fields, faults }: CampaignsPageProps) {
  return (
    <Page
      site={site}
      title="Campagnes"
      path="/campagnes"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={'reason' in found ? `Prévenir avant la vague, ${placeName}.` : verdict(found, placeName)}
    >
      {faults.length > 0 && (
        <Alert
          kind="error"
          title={`${frenchCount(faults.length, 'point')} à corriger. Rien n’a été enregistré.`}
        >
          <ul>
            {faults.map(({ field, message }) => (
              <li>
                <a href={`#champ-${field.replaceAll('.', '-')}`}>{message}</a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {'reason' in found ? (
        <EmptyState
          title="Effet non calculé"
          reason={found.reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      ) : (
        <Compared found={found} placeName={placeName} />
      )}
      <SavedList saved={saved} />
      <CampaignForm fields={fields} faults={faults} />
      {!('reason' in found) && <Grounds responses={found.responses} today={today} />}
    </Page>
  )
}

interface CampaignPageProps {
  site: Site
  placeName: string
  measured: Measured
}

/** One campaign with what it does. */
export function CampaignPage({ site, placeName, measured }: CampaignPageProps) {
  const { campaign, effect, responses, recomputedOn } = measured
  const { peak, told, euros } = effect
  return (
    <Page
      site={site}
      title={campaign.name}
      path={`/campagnes/${measured.id}`}
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Campagnes', href: '/campagnes' },
      ]}
      lead={`Prévenir environ ${about(told.p50)} titulaires ${gainWords(peak)}, pour ${about(euros.p50)} €. Effet recalculé le ${frenchDay(recomputedOn)} : tout est estimé.`}
    >
      <CampaignChart
        id="trimestres"
        title="Demandes avec et sans la campagne"
        subtitle={`Demandes par trimestre, ${placeName}, médianes`}
        source={sourceOf(measured)}
        lines={[
          ...linesOf(effect, 'Sans campagne', 'before', 'target', '6 4'),
          ...linesOf(effect, 'Avec la campagne', 'after', 'observed'),
          slotLine(effect),
        ]}
        table={<QuarterTable effect={effect} />}
      />
      <PlanTable plans={[{ name: campaign.name, effect }]} />
      <CalendarTable effect={effect} caption="Envois" />
      <HallTable effect={effect} />
      <Grounds responses={responses} today={recomputedOn} />
    </Page>
  )
}

function verdict({ plans }: Comparison, placeName: string): string {
  const of = (code: keyof typeof PLAN_NAMES) => plans.find(plan => plan.code === code)!.effect
  const [best, letter] = [of('best'), of('one-letter')]
  if (best.messages.length === 0)
    return `${placeName} : aucun envoi permis par la loi n’abaisse le pic du ${longQuarter(best.peak.quarter)}.`
  const worse = chancesInTen(1 - letter.peak.chanceOfGain)
  return `${placeName} : prévenir environ ${about(best.told.p50)} titulaires au bon moment ${gainWords(best.peak)}, pour environ ${about(best.euros.p50)} €. Une lettre à tous le même mois a ${worse} de l’élever.`
}

function gainWords({ quarter, percentDown, chanceOfGain }: Effect['peak']): string {
  const { p05, p50, p95 } = percentDown
  const range = p05 === null || p95 === null ? '' : ` (9 chances sur 10 : ${frenchRange(p05, p95, 1)} %)`
  return `abaisserait le pic du ${longQuarter(quarter)} de ${frenchPercent(p50 ?? 0)}${range}, avec ${chancesInTen(chanceOfGain)} de l’abaisser`
}

function Compared({ found, placeName }: { found: Comparison; placeName: string }) {
  const { plans, regret } = found
  const of = (code: keyof typeof PLAN_NAMES) => plans.find(plan => plan.code === code)!.effect
  const best = of('best')
  const before = best.peak.before.p50
  const after = best.peak.after.p50
  return (
    <>
      <CampaignChart
        id="pic"
        title={`Le pic du ${longQuarter(best.peak.quarter)} passe de ${hundreds(before)} à ${hundreds(after)} demandes`}
        subtitle={`Demandes de cartes et de passeports par trimestre, ${placeName}, médianes`}
        source={sourceOf(found)}
        lines={[
          ...linesOf(best, 'Ne rien faire', 'before', 'target', '6 4'),
          ...linesOf(of('one-letter'), PLAN_NAMES['one-letter'], 'after', 'part4', '2 3'),
          ...linesOf(best, PLAN_NAMES.best, 'after', 'observed'),
          slotLine(best),
        ]}
        table={<QuarterTable effect={best} />}
      />
      <PlanTable plans={plans} />
      <p>
        Si l’on répond deux fois moins, ou deux fois plus, que prévu, le calendrier abaisse encore le pic
        moyen de {regret.map(({ percentDown }) => frenchPercent(percentDown)).join(' ou de ')}
        &nbsp;; un calendrier fait pour cette réponse-là ferait mieux de{' '}
        {regret.map(one => frenchNumber(one.regret, 2)).join(' et ')} point au plus.
      </p>
      <p>
        Le calendrier tient en {frenchCount(best.messages.length, 'envoi')}&nbsp;:{' '}
        {sendingWords(best.messages)}.
      </p>
      <Details summary="Le meilleur calendrier : qui prévenir, et quand" printed>
        <CalendarTable effect={best} caption="Le meilleur calendrier" />
      </Details>
      <Details summary="Ce qui change dans chaque mairie" printed>
        <HallTable effect={best} />
      </Details>
    </>
  )
}

function QuarterTable({ effect }: { effect: Effect }) {
  const median = (of: (quarter: Effect['quarters'][number]) => Band) => ({
    figure: (quarter: Effect['quarters'][number]) => of(quarter).p50 ?? undefined,
  })
  return (
    <Table
      id="nombres"
      caption="Demandes, créneaux et jours gagnés par trimestre (médianes ; 9 chances sur 10 pour les jours)"
      rows={effect.quarters}
      columns={[
        {
          label: 'Trimestre',
          cell: ({ quarter }) => shortQuarter(quarter),
          file: [{ value: ({ quarter }) => quarter }],
        },
        { label: 'Sans campagne', ...median(({ before }) => before) },
        { label: 'Avec', ...median(({ after }) => after) },
        { label: 'Créneaux', figure: ({ slots }) => slots },
        { label: 'Jours gagnés', ...median(({ daysGained }) => daysGained), decimals: 1 },
        {
          label: 'De, à',
          range: ({ daysGained: { p05, p95 } }) =>
            p05 === null || p95 === null ? undefined : { low: p05, high: p95 },
          decimals: 1,
          unit: 'jours',
        },
      ]}
    />
  )
}

function PlanTable({ plans }: { plans: readonly { name: string; effect: Effect }[] }) {
  const range = (label: string, unit: string, of: (effect: Effect) => Band | null, decimals = 0) => ({
    label,
    cell: ({ effect }: { effect: Effect }) => <BandCell band={of(effect)} unit={unit} decimals={decimals} />,
    file: [
      {
        label: `${label}, médiane`,
        value: ({ effect }: { effect: Effect }) => of(effect)?.p50 ?? undefined,
        unit,
      },
      ...rangeFile<{ effect: Effect }>(
        label,
        ({ effect }) => {
          const found = of(effect)
          return found === null ? undefined : { low: found.p05 ?? undefined, high: found.p95 ?? undefined }
        },
        { unit, decimals },
      ),
    ],
  })
  return (
    <Table
      id="plans"
      caption="Ce que change chaque plan : médiane, et 9 chances sur 10"
      note="Un nombre négatif : le plan aggrave. « Jamais » : sur ces futurs, rien n’est gagné."
      rows={plans}
      columns={[
        { label: 'Plan', cell: ({ name }) => name },
        range('Personnes prévenues', 'personnes', ({ told }) => told),
        range('Demandes avancées', 'demandes', ({ moved }) => moved),
        range('Pic en moins', '%', ({ peak }) => peak.percentDown, 1),
        range('Attente gagnée, un an depuis le pic', 'jours', ({ wait }) => wait.days, 1),
        range('Coût', '€', ({ euros }) => euros),
        range('Coût d’un jour d’attente évité à une personne', '€', ({ wait }) => wait.eurosPerPersonDay, 2),
        range('Agents du CERT en moins au pic', 'agents', ({ cert }) => cert.agents, 2),
        range('Ces agents, en un an', '€', ({ cert }) => cert.euros),
        {
          label: 'Validité perdue par qui vient',
          figure: ({ effect }) => effect.monthsGivenUp,
          unit: 'mois',
        },
      ]}
    />
  )
}

function BandCell({ band, unit, decimals }: { band: Band | null; unit: string; decimals: number }) {
  if (band === null) return <>sans objet</>
  const { p05, p50, p95 } = band
  if (p50 === null) return <>jamais</>
  const number = (value: number) => frenchNumber(decimals === 0 ? twoFigures(value) : value, decimals)
  return (
    <>
      {number(p50)}&nbsp;{unit}
      {p05 !== p95 && (
        <>
          <br />
          de {p05 === null ? 'jamais' : number(p05)} à {p95 === null ? 'jamais' : number(p95)}
        </>
      )}
    </>
  )
}

function CalendarTable({ effect, caption }: { effect: Effect; caption: string }) {
  return (
    <Table
      id="calendrier"
      caption={`${caption} (${frenchCount(effect.messages.length, 'envoi')})`}
      rows={effect.messages}
      empty="Aucun envoi."
      columns={[
        {
          label: 'Envoi',
          cell: ({ sentIn }) => frenchMonth(sentIn),
          whole: true,
          file: [{ value: ({ sentIn }) => sentIn }],
        },
        { label: 'Qui', cell: ({ holders }) => HOLDER_NAMES[holders] },
        { label: 'Titres qui finissent', cell: ({ endsFrom, endsTo }) => endsWords(endsFrom, endsTo) },
        { label: 'Par', cell: ({ means }) => MEANS[means].name },
        { label: 'Part prévenue', figure: ({ share }) => share, as: 'share' },
        { label: 'Personnes', figure: ({ told }) => twoFigures(told) },
      ]}
    />
  )
}

/** People told in each year, in words. */
function sendingWords(messages: Effect['messages']): string {
  const byYear = groupBy(messages, ({ sentIn }) => sentIn.slice(0, 4))
  return frenchList(
    [...byYear].map(([year, own]) => {
      const people = own.reduce((sum, { told }) => sum + told, 0)
      return `${frenchNumber(twoFigures(people))} personnes en ${year}`
    }),
  )
}

function endsWords(from: string, to: string): string {
  return from === to ? frenchMonth(from) : `de ${frenchMonth(from)} à ${frenchMonth(to)}`
}

function HallTable({ effect }: { effect: Effect }) {
  return (
    <Table
      id="mairies"
      caption="Plus haut trimestre de chaque mairie, demandes en moyenne des futurs"
      rows={effect.halls}
      columns={[
        {
          label: 'Mairie',
          cell: ({ insee, name }) => (
            <a class="fr-link" href={`/mairies/${insee}`}>
              {name}
            </a>
          ),
          file: [{ value: ({ name }) => name }],
        },
        { label: 'Sans campagne', figure: ({ peakBefore }) => peakBefore },
        { label: 'Avec', figure: ({ peakAfter }) => peakAfter },
        { label: 'Demandes avancées', figure: ({ moved }) => moved },
      ]}
    />
  )
}

function SavedList({ saved }: { saved: readonly SavedCampaign[] }) {
  return (
    <>
      <h2>Campagnes enregistrées</h2>
      {saved.length === 0 ? (
        <p>Aucune pour l’instant&nbsp;: composez la première ci-dessous.</p>
      ) : (
        <ul>
          {saved.map(({ id, campaign, savedAt }) => (
            <li>
              <a class="fr-link" href={`/campagnes/${id}`}>
                {campaign.name}
              </a>
              , {frenchCount(campaign.messages.length, 'envoi')}, {frenchInstant(savedAt)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function CampaignForm({ fields, faults }: Pick<CampaignsPageProps, 'fields' | 'faults'>) {
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
      <form method="post" action="/campagnes" class="scenario-form">
        {cell('name', 'Nom')}
        {Array.from({ length: FORM_ROWS }, (_, row) => {
          const at = (field: string) => `messages.${row}.${field}`
          return (
            <fieldset class="fr-fieldset lever">
              <legend class="fr-fieldset__legend">Envoi {row + 1}</legend>
              <div class="lever-cells">
                {choice(
                  at('holders'),
                  'Qui',
                  HOLDERS.map(code => ({ value: code, label: HOLDER_NAMES[code] })),
                )}
                {cell(at('endsFrom'), 'Titres qui finissent de', 'Un mois s’écrit 2031-01.')}
                {cell(at('endsTo'), 'à', 'Vide : ce seul mois.')}
                {cell(at('sentIn'), 'Envoyé en', 'Vide : pas d’envoi.')}
                {choice(
                  at('means'),
                  'Par',
                  MEANS_CODES.map(code => ({ value: code, label: MEANS[code].name })),
                )}
              </div>
            </fieldset>
          )
        })}
        <button class="fr-btn" type="submit">
          Enregistrer et mesurer
        </button>
      </form>
    </>
  )
}

function Grounds({ responses, today }: { responses: Responses; today: string }) {
  const law = [EARLY_RENEWAL, RENEWAL_WINDOW_MONTHS, OLD_CARD_TRAVEL_END].map(({ label, values }) => {
    const value = values.find(({ from }) => from <= today) ?? values[0]
    return { label, ...value }
  })
  return (
    <>
      <h2>Sur quoi cela repose</h2>
      <Table
        id="reponses"
        caption="Part de ceux qui viendraient plus tard et viennent dans les trois mois de l’envoi"
        rows={responses}
        columns={[
          { label: 'Par', cell: ({ name }) => name },
          { label: 'Médiane', figure: ({ p50 }) => p50, as: 'share', decimals: 1 },
          {
            label: '9 chances sur 10',
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
          horaire n’est importé. Agents du CERT&nbsp;: ceux des dossiers du département seul.
        </li>
      </ul>
    </>
  )
}

function linesOf(
  { quarters }: Effect,
  words: string,
  which: 'before' | 'after',
  ink: PlanLine['ink'],
  dashes?: string,
): PlanLine[] {
  return [
    {
      words,
      ink,
      ...(dashes === undefined ? {} : { dashes }),
      quarters: quarters.map(one => ({ quarter: one.quarter, requests: one[which].p50 ?? 0 })),
    },
  ]
}

function slotLine({ quarters }: Effect): PlanLine {
  return {
    words: 'Créneaux d’aujourd’hui',
    ink: 'part3',
    dashes: '1 3',
    quarters: quarters.map(({ quarter, slots }) => ({ quarter, requests: slots })),
  }
}

function sourceOf({ run, recomputedOn }: { run: Comparison['run']; recomputedOn: string }): string {
  return `projection ${run.version} du ${frenchDay(run.asOf)}, envois mesurés le ${frenchDay(recomputedOn)} ; estimé`
}

function hundreds(value: number | null): string {
  return value === null ? '–' : frenchNumber(100 * Math.round(value / 100))
}

function about(value: number | null): string {
  return value === null ? '–' : frenchNumber(twoFigures(value))
}
