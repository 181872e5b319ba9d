import { paths } from '../pure/access/paths.ts'
import { rangeFile } from '../pure/elements/column.ts'
import { Link } from '../pure/elements/links.tsx'
import { Table } from '../pure/elements/table.tsx'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchMonth,
  frenchNumber,
  ofName,
  shortQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import { HOLDER_NAMES } from './campaign.ts'
import type { Band, Effect } from './effect-answer.ts'
import { MEANS } from './response.ts'

/** Requests, slots and days gained by quarter. */
export function QuarterTable({ effect }: { effect: Effect }) {
  const median = (of: (quarter: Effect['quarters'][number]) => Band) => ({
    figure: (quarter: Effect['quarters'][number]) => of(quarter).p50 ?? undefined,
  })
  return (
    <Table
      id="nombres"
      caption={`Demandes, créneaux et jours gagnés par trimestre (médianes ; ${NINE_IN_TEN} pour les jours)`}
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

/** Plans side by side. */
export function PlanTable({
  id = 'plans',
  plans,
}: {
  id?: string
  plans: readonly { name: string; effect: Effect }[]
}) {
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
      id={id}
      caption={`Ce que change chaque plan : médiane, et ${NINE_IN_TEN}`}
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
      {number(p50)}&nbsp;{Math.abs(p50) < 2 ? unit.replace(/s$/, '') : unit}
      {p05 !== p95 && (
        <>
          <br />
          de {p05 === null ? 'jamais' : number(p05)} à {p95 === null ? 'jamais' : number(p95)}
        </>
      )}
    </>
  )
}

/** The messages of a campaign, in order. */
export function CalendarTable({ effect, caption }: { effect: Effect; caption: string }) {
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

function endsWords(from: string, to: string): string {
  return from === to ? frenchMonth(from) : `${ofName(frenchMonth(from))} à ${frenchMonth(to)}`
}

/** The highest quarter of each hall, with and without a campaign. */
export function HallTable({ effect }: { effect: Effect }) {
  return (
    <Table
      id="mairies"
      caption="Plus haut trimestre de chaque mairie, demandes en moyenne des futurs"
      rows={effect.halls}
      columns={[
        {
          label: 'Mairie',
          cell: ({ insee, name }) => <Link to={paths.townHall({ insee })}>{name}</Link>,
          file: [{ value: ({ name }) => name }],
        },
        { label: 'Sans campagne', figure: ({ peakBefore }) => peakBefore },
        { label: 'Avec', figure: ({ peakAfter }) => peakAfter },
        { label: 'Demandes avancées', figure: ({ moved }) => moved },
      ]}
    />
  )
}
