import { paths } from '../pure/access/paths.ts'
import { FaultList, FaultSummary } from '../pure/elements/form-field.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import { chancesInTen, nineInTen } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchCount,
  frenchDay,
  frenchInstant,
  frenchList,
  frenchNumber,
  frenchPercent,
  longQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import type { CampaignFault } from './campaign.ts'
import { type Comparison, type Measured, PLAN_NAMES } from './campaign-answer.ts'
import { CampaignChart, type PlanLine } from './campaign-chart.tsx'
import { CampaignForm } from './campaign-form-section.tsx'
import { CampaignGrounds } from './campaign-grounds-section.tsx'
import type { SavedCampaign } from './campaign-queries.ts'
import { CalendarTable, HallTable, PlanTable, QuarterTable } from './campaign-tables.tsx'
import type { Effect } from './effect-answer.ts'

interface CampaignsPageProps {
  placeName: string
  today: string
  found: Comparison | { reason: string }
  saved: readonly SavedCampaign[]
  fields: Readonly<Record<string, string>>
  faults: readonly CampaignFault[]
  /** What the form as it stands would do, when it was asked. */
  tried: Effect | readonly CampaignFault[] | undefined
}

/** What campaigns would change before the wave: the verdict, the peak with and without, three plans, the best calendar. */
export function CampaignsPage(props: CampaignsPageProps) {
  const { placeName, today, found, saved, fields, faults, tried } = props
  return (
    <Page
      title="Campagnes"
      path={paths.campaigns()}
      trail={[]}
      refused={faults.length > 0}
      lead={'reason' in found ? `Prévenir avant la vague, ${placeName}.` : verdict(found, placeName)}
    >
      <FaultSummary
        title={`${frenchCount(faults.length, 'point')} à corriger. Rien n’a été enregistré.`}
        faults={linked(faults)}
      />
      {'reason' in found ? (
        <EmptyState
          title="Effet non calculé"
          reason={found.reason}
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ) : (
        <Compared found={found} placeName={placeName} />
      )}
      <SavedList saved={saved} />
      <CampaignForm fields={fields} faults={tried !== undefined && !('peak' in tried) ? tried : faults} />
      <Tried tried={tried} />
      {!('reason' in found) && <CampaignGrounds responses={found.responses} today={today} />}
    </Page>
  )
}

function linked(faults: readonly CampaignFault[]) {
  return faults.map(({ field, message }) => ({ id: field.replaceAll('.', '-'), text: message }))
}

/** What the form as it stands would do; the script renews it as the form changes. */
function Tried({ tried }: Pick<CampaignsPageProps, 'tried'>) {
  return (
    <div id="mesure" aria-live="polite">
      {tried !== undefined &&
        ('peak' in tried ? (
          <>
            <p class="fr-text--lead">
              {`Prévenir environ ${about(tried.told.p50)} titulaires ${gainWords(tried.peak)}, pour ${about(tried.euros.p50)} €. Rien n’est enregistré.`}
            </p>
            <PlanTable id="essai" plans={[{ name: 'Cet essai', effect: tried }]} />
          </>
        ) : (
          <FaultList faults={linked(tried)} />
        ))}
    </div>
  )
}

interface CampaignPageProps {
  placeName: string
  measured: Measured
}

/** One campaign with what it does. */
export function CampaignPage({ placeName, measured }: CampaignPageProps) {
  const { campaign, effect, responses, recomputedOn } = measured
  const { peak, told, euros } = effect
  return (
    <Page
      title={campaign.name}
      path={paths.campaign({ id: measured.id })}
      place={campaign.place}
      trail={[{ label: 'Campagnes', href: paths.campaigns() }]}
      lead={`Prévenir environ ${about(told.p50)} titulaires ${gainWords(peak)}, pour ${about(euros.p50)} €. Effet recalculé le ${frenchDay(recomputedOn)} : tout est estimé.`}
    >
      <CampaignChart
        id="trimestres"
        title="Demandes avec et sans la campagne"
        subtitle={`Demandes par trimestre, ${placeName}, médianes`}
        source={sourceOf(measured)}
        lines={[
          planLine(effect, 'Sans campagne', 'before', 'target', '6 4'),
          planLine(effect, 'Avec la campagne', 'after', 'observed'),
          slotLine(effect),
        ]}
        table={<QuarterTable effect={effect} />}
      />
      <PlanTable plans={[{ name: campaign.name, effect }]} />
      <CalendarTable effect={effect} caption="Envois" />
      <HallTable effect={effect} />
      <CampaignGrounds responses={responses} today={recomputedOn} />
    </Page>
  )
}

function verdict({ plans }: Comparison, placeName: string): string {
  const of = (code: keyof typeof PLAN_NAMES) => plans.find(plan => plan.code === code)!.effect
  const [best, letter] = [of('best'), of('one-letter')]
  if (best.messages.length === 0) return `${placeName} : aucun envoi permis par la loi n’abaisse ${HIGHEST}.`
  const worse = chancesInTen(1 - letter.peak.chanceOfGain)
  return `${placeName} : prévenir environ ${about(best.told.p50)} titulaires au bon moment ${gainWords(best.peak)}, pour environ ${about(best.euros.p50)} €. Une lettre à tous le même mois a ${worse} de ne pas l’abaisser.`
}

/** The highest quarter of those in which messages are sent is another one in each future: no quarter of the chart falls by this. */
const HIGHEST = 'le plus fort trimestre des cinq prochaines années'

function gainWords({ quarter, percentDown, chanceOfGain }: Effect['peak']): string {
  const { p05, p50, p95 } = percentDown
  const range = p05 === null || p95 === null ? '' : ` (${nineInTen(p05, p95, 1)} %)`
  return `abaisserait de ${frenchPercent(p50 ?? 0)}${range} ${HIGHEST}, en moyenne le ${longQuarter(quarter)}, avec ${chancesInTen(1 - chanceOfGain)} de ne pas l’abaisser`
}

function Compared({ found, placeName }: { found: Comparison; placeName: string }) {
  const { plans, regret } = found
  const of = (code: keyof typeof PLAN_NAMES) => plans.find(plan => plan.code === code)!.effect
  const best = of('best')
  const { before, percentDown } = best.peak
  return (
    <>
      <CampaignChart
        id="pic"
        title={`${capitalised(HIGHEST)}, environ ${frenchNumber(Number((before.p50 ?? 0).toPrecision(3)))} demandes, baisserait de ${frenchPercent(percentDown.p50 ?? 0)}`}
        subtitle={`Demandes de cartes et de passeports par trimestre, ${placeName}, médianes`}
        source={sourceOf(found)}
        lines={[
          planLine(best, 'Ne rien faire', 'before', 'target', '6 4'),
          planLine(of('one-letter'), PLAN_NAMES['one-letter'], 'after', 'part4', '2 3'),
          planLine(best, PLAN_NAMES.best, 'after', 'observed'),
          slotLine(best),
        ]}
        table={<QuarterTable effect={best} />}
      />
      <PlanTable plans={plans} />
      <p>
        Chaque futur a son plus fort trimestre&nbsp;: sa baisse n’est celle d’aucun trimestre du graphique. Si
        l’on répond deux fois moins, ou deux fois plus, que prévu, le calendrier abaisse encore le pic moyen
        de {regret.map(({ percentDown }) => frenchPercent(percentDown)).join(' ou de ')}
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

function sendingWords(messages: Effect['messages']): string {
  const byYear = groupBy(messages, ({ sentIn }) => sentIn.slice(0, 4))
  return frenchList(
    [...byYear].map(([year, own]) => {
      const people = own.reduce((sum, { told }) => sum + told, 0)
      return `${frenchNumber(twoFigures(people))} personnes en ${year}`
    }),
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
              <Link to={paths.campaign({ id })}>{campaign.name}</Link>,{' '}
              {frenchCount(campaign.messages.length, 'envoi')}, {frenchInstant(savedAt)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function planLine(
  { quarters }: Effect,
  words: string,
  which: 'before' | 'after',
  ink: PlanLine['ink'],
  dashes?: string,
): PlanLine {
  return {
    words,
    ink,
    dashes,
    quarters: quarters.map(one => ({ quarter: one.quarter, requests: one[which].p50 ?? 0 })),
  }
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
  return `projection du ${frenchDay(run.asOf)}, envois mesurés le ${frenchDay(recomputedOn)} ; estimé`
}

function about(value: number | null): string {
  return value === null ? '–' : frenchNumber(twoFigures(value))
}
