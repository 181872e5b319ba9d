import type { Basis } from '../figures/band-answer.ts'
import {
  bandColumn,
  chanceColumn,
  fanQuarter,
  halfColumn,
  medianColumn,
} from '../figures/projection-figures.tsx'
import { paths } from '../pure/access/paths.ts'
import { ParameterTable, Walkthrough } from '../pure/charts/explained.tsx'
import { FanChart } from '../pure/charts/fan-chart.tsx'
import { bounded, KeyFigure, KeyFigures, StatusTag } from '../pure/elements/key-figure.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import { chancesInTen, NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDay,
  frenchDays,
  frenchNumber,
  frenchPeriod,
  frenchRange,
  frenchToldDay,
  longQuarter,
  shortQuarter,
} from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { narrowingText, readOn, roundedDays } from './explain-now.ts'
import { isFirstSlot } from './wait-fact.ts'
import type { WaitQuarter } from './wait-now.ts'
import { WAIT_LIMIT_DAYS, type WaitNowView } from './wait-now-view.ts'

const TENSES: Record<WaitQuarter['tense'], string> = {
  past: 'passé, estimé',
  present: 'en cours, estimé',
  future: 'à venir, projeté',
}

/** The wait of a place today and in a year, as key figures: the answer before everything else. */
export function WaitNowAnswer({ view }: { view: WaitNowView }) {
  const { place, today, nextYear, lastOwn, read, asOf, firstSlot } = view
  const told = frenchToldDay(view.replayed)
  return (
    <KeyFigures>
      <ReadFigure view={view} />
      <KeyFigure
        label={`Attente d’un rendez-vous, ${place.name}, ${frenchPeriod(asOf.slice(0, 7))}`}
        value={rounded(today.median)}
        quantity="day"
        status="estimated"
        range={waitBand(today)}
        clock={CLOCKS['appointment-as-published']}
        source={`estimation au ${frenchDay(asOf)}`}
      />
      <KeyFigure
        label={`Dans un an, ${longQuarter(nextYear.quarter)}`}
        value={rounded(nextYear.wait.median)}
        quantity="day"
        status="estimated"
        range={waitBand(nextYear.wait)}
        comparison={`${chancesInTen(nextYear.wait.probabilityOver)} de dépasser ${frenchDays(WAIT_LIMIT_DAYS, 0)}`}
        source={`projection depuis ${told}, expliquée plus bas`}
      />
      {read && (firstSlot === undefined || isFirstSlot(read)) ? null : firstSlot === undefined ? (
        <KeyFigure
          label="Dernière valeur publiée pour ce lieu"
          value={lastOwn?.days}
          missing="aucune : l’estimation vient d’ailleurs"
          quantity="day"
          status={lastOwn?.status ?? 'observed'}
          range={lastOwn && frenchPeriod(lastOwn.period)}
          clock={lastOwn && lastOwn.clock !== 'appointment-as-published' ? CLOCKS[lastOwn.clock] : undefined}
          source={
            lastOwn
              ? `${lastOwn.source}, publié le ${frenchDay(lastOwn.publishedOn)}`
              : 'aucune encore ; une mairie ou la préfecture peut la fournir'
          }
        />
      ) : (
        <KeyFigure
          label={`Premier créneau libre, ${told}`}
          value={rounded(firstSlot.median)}
          quantity="day"
          status="estimated"
          range={waitBand(firstSlot)}
          clock={CLOCKS['first-free-slot']}
          source={
            lastOwn
              ? `dernière valeur de la mairie : ${bounded(lastOwn.status, frenchDays(lastOwn.days, 0))}${isFirstSlot(lastOwn) ? '' : ' d’attente'}, ${frenchPeriod(lastOwn.period)}`
              : 'aucune valeur publiée pour cette mairie'
          }
        />
      )}
    </KeyFigures>
  )
}

/** What was read at the place itself in the last week, as it was, beside the estimate of the same clock; or nothing. */
export function ReadFigure({
  view: { read, place, asOf, replayed, firstSlot, today },
}: {
  view: WaitNowView
}) {
  if (read === undefined) return null
  const estimate = (isFirstSlot(read) && firstSlot) || today
  const median = rounded(estimate.median)
  return (
    <KeyFigure
      label={`${isFirstSlot(read) ? 'Premier créneau libre' : 'Attente d’un rendez-vous'}, ${place.name}, ${readOn(read, asOf, replayed)}`}
      value={read.days}
      quantity="day"
      status={read.status}
      range={
        median === undefined
          ? undefined
          : `estimation ${frenchToldDay(replayed)} de la même mesure : ${frenchDays(median, 0)}, ${waitBand(estimate)}`
      }
      clock={CLOCKS[read.clock]}
      source={`dernière valeur ${firstSlot ? 'de la mairie' : 'du lieu'} : ${bounded(read.status, frenchDays(read.days, 0))}, ${read.source}, publié le ${frenchDay(read.publishedOn)}`}
    />
  )
}

/** The curve of the wait, past and to come, with today on it; then its numbers and what they rest on. */
export function WaitNowFigures({ view }: { view: WaitNowView }) {
  const { place, quarters, seen, asOf, basis, narrows, unchanged } = view
  const csv = paths.apiWaitProjectionCsv({ place: place.code })
  return (
    <>
      <FanChart
        id="attente"
        title={outlook(view)}
        subtitle={`Attente d’un rendez-vous, ${place.name}, en jours : publiée (points), estimée et projetée (bandes).`}
        quantity="day"
        observed={seen.map(({ quarter, days, status }) => ({ quarter, value: days, status }))}
        projected={quarters
          .filter(({ quarter }) => seen.every(one => one.quarter !== quarter))
          .flatMap(({ quarter, wait }) => fanQuarter({ quarter, band: wait }) ?? [])}
        target={[{ from: quarters[0]?.quarter ?? '', value: WAIT_LIMIT_DAYS }]}
        events={[{ day: asOf, label: view.replayed === undefined ? 'Aujourd’hui' : frenchDay(asOf) }]}
        source={ageWords(view)}
        csv={csv}
      >
        <QuarterTable view={view} csv={csv} />
      </FanChart>
      <Details summary="Sur quoi repose l’estimation, et ce qui la préciserait" printed="on-two-sheets">
        <Walkthrough lines={view.explanation} />
        {narrows.length > 0 && (
          <div class="narrowing">
            <p>
              <strong>Ce qui la préciserait.</strong>{' '}
              <Link to={paths.data()}>Importer une attente récente</Link>
            </p>
            <ul>
              {narrows.map(one => (
                <li>{narrowingText(one, view.nameOf)}</li>
              ))}
            </ul>
          </div>
        )}
      </Details>
      <Details summary="Les nombres du calcul : valeurs publiées, paramètres, créneaux inchangés" printed>
        <Table
          id="attente-base"
          caption="Valeurs publiées qui pèsent, de la plus lourde à la plus légère"
          rows={basis}
          columns={[
            { label: 'Période', cell: one => frenchPeriod(one.period) },
            { label: 'Lieu', cell: one => view.nameOf(one.place) },
            {
              label: 'Jours',
              numeric: true,
              cell: boundWords,
              file: [
                { label: 'Jours', value: one => one.value, type: 'number', decimals: 1 },
                { label: 'Borne', value: one => one.bound ?? undefined },
              ],
            },
            { label: 'Ce qui est mesuré', cell: one => CLOCKS[one.clock] },
            {
              label: 'Âge',
              numeric: true,
              cell: one => ageOf(one.ageDays),
              file: [{ value: one => one.ageDays, unit: 'jours', type: 'number' }],
            },
            { label: 'Poids', figure: one => one.weight, as: 'share' },
            { label: 'Source', cell: one => `${one.source}, ${one.document}` },
          ]}
        />
        <ParameterTable id="attente-parametres" of="attente d’un rendez-vous" parameters={view.parameters} />
        {unchanged.length > 0 && (
          <Table
            id="attente-inchangee"
            caption="Scénario « créneaux inchangés » : si personne n’ouvrait ni ne fermait de créneau, deux trimestres au plus"
            rows={unchanged}
            columns={[
              { label: 'Trimestre', cell: one => shortQuarter(one.quarter) },
              medianColumn<{ wait: PathBand }>('Médiane', one => one.wait),
              bandColumn<{ wait: PathBand }>(NINE_IN_TEN, one => one.wait),
            ]}
          />
        )}
      </Details>
    </>
  )
}

/** Where the wait goes in a year, by its medians, in one sentence. */
function outlook(view: WaitNowView): string {
  const { today, nextYear } = view
  const [now, then] = [rounded(today.median), rounded(nextYear.wait.median)]
  if (now === undefined || then === undefined) return 'L’attente, estimée puis projetée'
  // A tenth of a median that is off by more than that is no move: it is told by the wait of the day, as everywhere else.
  if (Math.abs(then - now) <= now / 10)
    return `L’attente resterait autour de ${frenchDays(now, 0)} d’ici un an`
  return `L’attente ${then > now ? 'monterait' : 'baisserait'} à environ ${frenchDays(then, 0)} d’ici un an, contre ${frenchNumber(now)} ${frenchToldDay(view.replayed)}`
}

function QuarterTable({ view, csv }: { view: WaitNowView; csv: string }) {
  const seen = new Map(view.seen.map(one => [one.quarter, one]))
  return (
    <Table
      id="attente-trimestres"
      caption={`Attente par trimestre, ${view.place.name}`}
      rows={view.quarters}
      csv={csv}
      columns={[
        { label: 'Trimestre', cell: one => shortQuarter(one.quarter) },
        {
          label: 'Publiée',
          numeric: true,
          file: [{ value: one => seen.get(one.quarter)?.days, unit: 'jours', type: 'number', decimals: 1 }],
          cell: one => {
            const value = seen.get(one.quarter)
            return value === undefined ? (
              '–'
            ) : (
              <>
                {frenchNumber(value.days, Number.isInteger(value.days) ? 0 : 1)}{' '}
                <StatusTag status={value.status} />
              </>
            )
          },
        },
        medianColumn<WaitQuarter>('Médiane', one => one.wait),
        halfColumn<WaitQuarter>(one => one.wait),
        bandColumn<WaitQuarter>(NINE_IN_TEN, one => one.wait),
        chanceColumn<WaitQuarter>(
          `Chances de dépasser ${frenchDays(WAIT_LIMIT_DAYS, 0)}`,
          one => one.wait.probabilityOver,
        ),
        { label: 'Nature', cell: one => TENSES[one.tense] },
      ]}
    />
  )
}

function boundWords({ value, bound }: Basis): string {
  const days = frenchNumber(value, Number.isInteger(value) ? 0 : 1)
  return bound === 'at-most' ? `au plus ${days}` : bound === 'at-least' ? `au moins ${days}` : days
}

function rounded(days: number | undefined): number | undefined {
  return days === undefined ? undefined : roundedDays(days)
}

/** Where nine futures of ten lie, in the words of the pages. */
export function waitBand(band: PathBand): string {
  return `${NINE_IN_TEN} : ${bandDays(band)}`
}

/** The days of that range: `3 à 133`. */
export function bandDays({ low90, high90 }: PathBand): string {
  return low90 === undefined || high90 === undefined
    ? 'au-delà de deux ans'
    : frenchRange(roundedDays(low90), roundedDays(high90), 0)
}

/** How old what an estimate rests on is: its own last value, and the newest of all. */
export function ageWords({ lastOwn, basis, asOf }: Pick<WaitNowView, 'lastOwn' | 'basis' | 'asOf'>): string {
  const newest = basis.reduce<Basis | undefined>(
    (last, one) => (last === undefined || one.ageDays < last.ageDays ? one : last),
    undefined,
  )
  const own =
    lastOwn === undefined
      ? 'aucune valeur publiée pour ce lieu'
      : `dernière valeur du lieu : ${bounded(lastOwn.status, frenchDays(lastOwn.days, 0))}, ${frenchPeriod(lastOwn.period)}`
  const age = newest === undefined ? '' : ` ; la plus récente de toutes a ${ageOf(newest.ageDays)}`
  return `estimation au ${frenchDay(asOf)}, ${own}${age}`
}

function ageOf(days: number): string {
  if (days < 60) return frenchDays(days, 0)
  const months = Math.round(days / 30.4)
  return months < 24 ? `${frenchNumber(months)} mois` : `${frenchNumber(days / 365.25, 1)} ans`
}
