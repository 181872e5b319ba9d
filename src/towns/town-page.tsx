import { DemandFigures } from '../demand/demand-figures.tsx'
import { demandEvents, demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/place-demand-queries.ts'
import { type ExpectedYear, type Standing, yearBand } from '../demand/year-requests.ts'
import { assumedWords, NOT_FOR_ASSUMED } from '../places/equipped.ts'
import type { GrantRead } from '../places/granted.ts'
import type { TownHall } from '../places/town-hall.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { KeyFigure, KeyFigures } from '../pure/elements/key-figure.tsx'
import { Link, Links } from '../pure/elements/links.tsx'
import { Alert, Details, EmptyState } from '../pure/elements/message.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { nineInTen } from '../pure/french/chances.ts'
import {
  frenchDay,
  frenchGap,
  frenchNumber,
  frenchPercent,
  longQuarter,
  ofName,
  twoFigures,
} from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import { PaperBlocks } from '../pure/pages/paper.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import { WaitFigures } from '../waits/wait-figures.tsx'
import { ageWords, ReadFigure, WaitNowFigures, waitBand } from '../waits/wait-now-figures.tsx'
import type { WaitNowView } from '../waits/wait-now-view.ts'
import type { Brief } from './brief.ts'
import { comparisonTable, grantBlocks, leverBlocks, sinceOfSheet } from './brief-paper.tsx'
import type { Catchment } from './catchment-answer.ts'
import { CatchmentSection, GrantsReadSection } from './catchment-section.tsx'
import { gained } from './town-brief.ts'

interface TownPageProps {
  hall: TownHall
  /** The sheet, of which the page tells the same facts. */
  brief: Brief
  /** A past day, when the page is told as of it. */
  past: Day | undefined
  ownWaits: readonly QuarterlySeries[]
  demand: PlaceDemand | { reason: string }
  standing: Standing | undefined
  catchment: Catchment | { reason: string }
  grants: readonly GrantRead[]
  /** The wait of the day and to come; `undefined` without appointment, or where nothing is published. */
  view: WaitNowView | undefined
}

/** What a mayor must know of a town hall: the wait, the requests that are coming, and why. */
export function TownPage(props: TownPageProps) {
  const { hall, brief, past, ownWaits, demand, view, standing, catchment, grants } = props
  const assumed = hall.status === 'assumed'
  const expected = 'reason' in brief.demand ? undefined : brief.demand.next
  const thisYear =
    'reason' in brief.demand ? undefined : brief.demand.years.find(({ year }) => year + 1 === expected?.year)
  const levers = 'reason' in brief.levers ? undefined : brief.levers
  const best = levers?.effects[0]
  return (
    <Page
      title={`Mairie ${ofName(hall.name)}`}
      path={paths.townHall({ insee: hall.insee })}
      place={hall.insee}
      sheets={2}
      trail={[{ label: 'Mairies', href: paths.townHalls() }]}
      lead={`L’attente d’un rendez-vous et les demandes de cartes d’identité et de passeports à venir à ${hall.name}.`}
    >
      {past !== undefined && <Since brief={brief} />}
      {assumed && (
        <Alert kind="info" title={`${hall.name} : mairie supposée équipée`}>
          <p>
            {assumedWords(standing?.of ?? 1, brief.department.name)}{' '}
            {ownWaits.length === 0 && grants.length === 0 && 'Rien ne dit qu’elle ait une station.'} Pour
            l’heure, {NOT_FOR_ASSUMED} <Link to={paths.data()}>Importer la liste</Link>
          </p>
        </Alert>
      )}
      <KeyFigures>
        {view && !hall.withoutAppointment && <ReadFigure view={view} />}
        <KeyFigure
          label={`Attente d’un rendez-vous à ${hall.name}, ${past === undefined ? 'aujourd’hui' : `le ${frenchDay(past)}`}`}
          value={hall.withoutAppointment ? 0 : view?.today.median && roundedDays(view.today.median)}
          missing="Aucune attente publiée"
          quantity="day"
          status={hall.withoutAppointment ? 'observed' : 'estimated'}
          range={view && waitBand(view.today)}
          clock={view?.read && CLOCKS['appointment-as-published']}
          source={
            hall.withoutAppointment
              ? `${hall.name} reçoit sans rendez-vous`
              : view
                ? ageWords(view)
                : brief.department.name
          }
        />
        <KeyFigure
          label={expected ? `Demandes attendues en ${expected.year}` : 'Demandes attendues'}
          value={expected && twoFigures(expected.mean)}
          missing={'reason' in demand ? demand.reason : 'Pas d’année entière projetée'}
          quantity="count"
          status="estimated"
          comparison={expected && againstThisYear(expected, thisYear, standing)}
          range={expected && yearBand(expected)}
          source={
            'reason' in demand
              ? 'aucune projection'
              : `${demandSource(demand.run)}${standing === undefined || standing.of === 1 ? '' : `, réparties entre les ${standing.of} mairies ${assumed ? 'supposées' : 'nommées'}`}`
          }
        />
        <KeyFigure
          label={best === undefined ? 'Ce qui aiderait le plus' : `Ce qui aiderait le plus : ${best.change}`}
          value={best?.gainedDays == null ? undefined : gained(best.gainedDays)}
          missing={'reason' in brief.levers ? brief.levers.reason : 'Effet non mesurable'}
          quantity="day"
          status="estimated"
          comparison={
            levers &&
            best &&
            `de moins au ${longQuarter(levers.at)}, si c’est décidé ${past === undefined ? 'aujourd’hui' : 'ce jour-là'}`
          }
          range={best && nineInTen(gained(best.gainedLow90), gained(best.gainedHigh90))}
          source={best?.origin ?? 'aucun levier calculé'}
        />
      </KeyFigures>
      <nav class="no-print" aria-label={`Documents ${ofName(hall.name)}`}>
        <Links
          class="in-line"
          to={[
            ...(assumed
              ? []
              : [
                  {
                    label: 'La fiche : deux pages à imprimer (PDF)',
                    href: paths.apiBrief({ file: `${hall.insee}.pdf`, asOf: past }),
                  },
                  {
                    label: 'Prévenir les habitants : lettre, affiche, dépliant',
                    href: paths.kit({ insee: hall.insee }),
                  },
                ]),
            {
              label: 'Si elle s’agrandit, ou ferme',
              href: paths.hallChange({ commune: hall.insee, change: 'offer' }),
            },
            { label: 'Projeter en réunion', href: paths.meeting({ place: hall.insee }) },
          ]}
        />
      </nav>
      {ownWaits.length > 0 && <h2 class={view && 'no-print'}>L’attente publiée</h2>}
      {ownWaits.map((series, i) => (
        <WaitFigures
          series={series}
          id={`attente-${i}`}
          placeName={hall.name}
          csv={paths.apiWaitsCsv({ place: hall.insee })}
          drawnAbove={view !== undefined}
        />
      ))}
      {view && (
        <>
          <h2 id="projection">L’attente, aujourd’hui et à venir</h2>
          <WaitNowFigures view={view} />
        </>
      )}
      <Details summary="Ce que changerait chaque levier, seul" printed="on-two-sheets">
        <PaperBlocks blocks={leverBlocks(brief)} />
      </Details>
      <Details summary={`À côté du département : ${brief.department.name}`} printed="on-two-sheets">
        <PaperBlocks blocks={[{ kind: 'table', table: comparisonTable(brief) }]} />
      </Details>
      <CatchmentSection name={hall.name} departmentName={brief.department.name} catchment={catchment} />
      <h2>La dotation pour les titres sécurisés</h2>
      <PaperBlocks blocks={grantBlocks(brief).slice(0, 1)} />
      {!('reason' in brief.grant) && (
        <Details summary="Selon le nombre de demandes" printed="on-two-sheets">
          <PaperBlocks blocks={grantBlocks(brief).slice(1)} />
        </Details>
      )}
      <GrantsReadSection reads={grants} />
      <h2>Les demandes à venir</h2>
      {'reason' in demand ? (
        <EmptyState
          title="Pas encore de projection"
          reason={demand.reason}
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ) : (
        <DemandFigures
          placeName={hall.name}
          quarters={demand.both}
          observed={demand.observed}
          explanation={demand.explanation}
          events={[
            ...demandEvents(),
            { day: brief.asOf, label: past === undefined ? 'Aujourd’hui' : 'Jour demandé' },
          ]}
          source={demandSource(demand.run)}
          csv={paths.apiDemandCsv({ place: hall.insee, title: 'cni-passport' })}
        />
      )}
    </Page>
  )
}

/** A page told as of a past day says so first, and what was published since. */
function Since({ brief }: { brief: Brief }) {
  return (
    <Alert kind="info" title={`Ce qui aurait été dit le ${frenchDay(brief.asOf)}`}>
      {brief.since.length === 0 ? (
        <p>Aucune attente de cette mairie ni de son département n’a été publiée depuis.</p>
      ) : (
        <PaperBlocks blocks={[{ kind: 'table', table: sinceOfSheet(brief, brief.since.length) }]} />
      )}
    </Alert>
  )
}

function againstThisYear(
  expected: ExpectedYear,
  thisYear: ExpectedYear | undefined,
  standing: Standing | undefined,
): string {
  const change =
    thisYear === undefined
      ? ''
      : twoFigures(thisYear.mean) === twoFigures(expected.mean)
        ? `à peu près autant qu’en ${thisYear.year}`
        : `contre ${frenchNumber(twoFigures(thisYear.mean))} en ${thisYear.year} (${frenchGap(100 * (expected.mean / thisYear.mean - 1), 0)}\u00a0%)`
  const place =
    standing === undefined || standing.of === 1
      ? ''
      : `${standing.rank === 1 ? '1re' : `${standing.rank}e`} mairie sur ${standing.of}, ${frenchPercent(100 * standing.part, 0)} de leurs demandes`
  return [change, place].filter(Boolean).join(' ; ')
}
