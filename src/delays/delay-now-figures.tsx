import { ProjectionFigures } from '../figures/projection-figures.tsx'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { type Quarter, quarterNumber, quarterOf } from '../pure/calendar/period.ts'
import { KeyFigure, KeyFigures } from '../pure/elements/key-figure.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS, type Status } from '../pure/figures/measure.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
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
import { TITLE_NAMES, type Title } from '../pure/law/title.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import {
  CERT_TITLES,
  DELAY_PRIOR,
  DELAY_QUARTERS,
  type DelayNow,
  delayBasis,
  delayQuarters,
  delayToday,
  nextDelay,
} from './delay-now.ts'

/** The delay of a title as its page shows it: as of a day, with its target and the quarters published. */
export interface DelayNowProps {
  now: DelayNow
  targetDays: number | undefined
  /** The place whose figures are told, when it is another one. */
  by?: { name: string } | undefined
  placeName: string
  /** The day replayed; absent for the present one. */
  replayed: Day | undefined
  observed: readonly { quarter: Quarter; days: number; status: Status }[]
}

/** The delay of a title today and in a year, its curve, and what it rests on: quarters that nobody observed are estimates. */
export function DelayNowFigures({ now, targetDays, by, placeName, replayed, observed }: DelayNowProps) {
  const name = TITLE_NAMES[now.title]
  const present = quarterOf(now.asOf)
  const first = observed[0]?.quarter
  const ahead = delayQuarters(now, present, DELAY_QUARTERS, targetDays)
  const past =
    first === undefined
      ? []
      : delayQuarters(now, first, Math.max(0, quarterNumber(present) - quarterNumber(first)), targetDays)
  const inAYear = ahead[4]!
  const newest = now.facts.findLast(fact => fact.place === now.place && fact.title === now.title)
  const today = delayToday(now, targetDays)
  const seen = new Set(observed.map(one => one.quarter))
  return (
    <>
      <KeyFigures>
        <KeyFigure
          label={`${name}, ${placeName}, ${frenchPeriod(now.asOf.slice(0, 7))}`}
          value={Math.round(today.median ?? 0)}
          quantity="day"
          status="estimated"
          range={`${NINE_IN_TEN} : ${range(today)}`}
          clock={CLOCKS[now.clock]}
          source={`estimation au ${frenchDay(now.asOf)}`}
        />
        <KeyFigure
          label={`Dans un an, ${longQuarter(inAYear.quarter)}`}
          value={Math.round(inAYear.band.median ?? 0)}
          quantity="day"
          status="estimated"
          range={`${NINE_IN_TEN} : ${range(inAYear.band)}`}
          source="retour lent vers le délai habituel, expliqué plus bas"
        />
        <KeyFigure
          label="Dernière valeur publiée pour ce lieu"
          value={newest?.days}
          missing="aucune : l’estimation vient de la France entière"
          quantity="day"
          status={newest?.status ?? 'observed'}
          range={newest && frenchPeriod(newest.period)}
          source={
            newest
              ? `${newest.source}, publié le ${frenchDay(newest.publishedOn)}`
              : 'aucune encore ; le CERT peut la fournir'
          }
        />
      </KeyFigures>
      <ProjectionFigures
        id="delai"
        title={`Environ ${frenchDays(Math.round(today.median ?? 0), 0)} ${frenchToldDay(replayed)}, ${frenchNumber(Math.round(inAYear.band.median ?? 0))} dans un an`}
        subtitle={`${name}, ${placeName} : délai en jours, publié (points), estimé depuis puis projeté (bandes). Plus bas, c’est mieux.`}
        observed={observed}
        projected={[...past, ...ahead].filter(one => !seen.has(one.quarter))}
        limitDays={targetDays}
        limitWords={targetDays === undefined ? '' : frenchDays(targetDays, 0)}
        source={`estimation au ${frenchDay(now.asOf)}${newest ? `, dernière valeur du lieu : ${frenchPeriod(newest.period)}` : ''}`}
        csv={paths.apiDelayProjectionCsv({ place: now.place, title: now.title })}
        note="Un trimestre passé sans valeur publiée est une estimation du passé, jamais un fait."
      />
      <Details summary="Sur quoi repose l’estimation" printed>
        <p>
          Le délai national de chaque mois, plus ce qui distingue le lieu : une part durable, une part qui
          passe. Plus une valeur est ancienne, plus l’estimation revient vers le délai habituel et plus sa
          bande s’élargit. Une valeur d’un mois récent la resserre aussitôt. {DELAY_PRIOR.origin}.
        </p>
        <Table
          id="delai-base"
          caption="Valeurs publiées qui pèsent, de la plus lourde à la plus légère"
          rows={delayBasis(now)}
          columns={[
            { label: 'Période', cell: ({ fact }) => frenchPeriod(fact.period) },
            { label: 'Lieu', cell: ({ fact }) => (fact.place === 'FR' ? 'France' : (by?.name ?? placeName)) },
            { label: 'Titre', cell: ({ fact }) => TITLE_NAMES[fact.title] },
            { label: 'Jours', figure: ({ fact }) => fact.days, decimals: 1 },
            { label: 'Ce qui est mesuré', cell: ({ fact }) => CLOCKS[fact.clock] },
            { label: 'Poids', figure: one => one.weight, as: 'share' },
            { label: 'Source', cell: ({ fact }) => `${fact.source}, ${fact.document}` },
          ]}
        />
      </Details>
    </>
  )
}

/** The delays of the day in one sentence: the titles of the centres, or the first ones known, each with its band. */
export function delaysSentence(
  told: ReadonlyMap<Title, { now: DelayNow; targetDays: number | undefined }>,
  placeName: string,
  replayed: Day | undefined,
): string {
  const wanted = [...told].filter(([title]) => (CERT_TITLES as readonly string[]).includes(title))
  const shown = wanted.length > 0 ? wanted : [...told].slice(0, 2)
  const parts = shown.map(([title, { now, targetDays }]) => {
    const band = delayToday(now, targetDays)
    const next = nextDelay(now)
    const then = `${frenchNumber(Math.round(next.band.median ?? 0))} au ${shortQuarter(next.quarter)}`
    return `${TITLE_NAMES[title].toLowerCase()} environ ${frenchDays(Math.round(band.median ?? 0), 0)} (${range(band)}), ${then}`
  })
  return `${placeName}, ${frenchToldDay(replayed)}, estimé (${NINE_IN_TEN}) : ${parts.join(' ; ')}.`
}

/** A band of days as an estimate deserves it. */
export function range({ low90, high90 }: PathBand): string {
  return frenchRange(Math.round(low90 ?? 0), Math.round(high90 ?? 0), 0)
}
