import { chances } from '../figures/projection-figures.tsx'
import type { GrantRead } from '../places/granted.ts'
import { Parameters } from '../pure/charts/explained.tsx'
import { StatusTag } from '../pure/elements/key-figure.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import {
  frenchCount,
  frenchNumber,
  frenchPercent,
  frenchQuantity,
  ofName,
  twoFigures,
} from '../pure/french/french.ts'
import { ruleAt } from '../pure/law/dated.ts'
import { GRANT_SCALES } from '../pure/law/grant.ts'
import { toldRequests, toldStations } from '../pure/law/grant-inverse.ts'
import type { Catchment } from './catchment-answer.ts'

const COMMUNES_SHOWN = 8

/** Where the requests of a hall come from: a finding, the communes that send most, and what the model rests on. */
export function CatchmentSection({
  name,
  departmentName,
  catchment,
}: {
  name: string
  departmentName: string
  catchment: Catchment | { reason: string }
}) {
  if ('reason' in catchment)
    return (
      <>
        <h2 id="bassin">D’où viennent les demandes</h2>
        <EmptyState title="Pas de bassin estimé" reason={catchment.reason} />
      </>
    )
  const { communes, fromElsewhere, year, department, assumptions, credit } = catchment
  const shown = communes.slice(0, COMMUNES_SHOWN)
  return (
    <>
      <h2 id="bassin">
        D’où viennent les demandes <StatusTag status="estimated" />
      </h2>
      <p>
        {`${frenchPercent(100 * fromElsewhere, 0)} des demandes ${ofName(name)} viendraient d’autres communes. ${movesWords(department, departmentName)}`}
      </p>
      <Details summary="Les communes qui envoient le plus de demandes" printed>
        <Table
          id="bassin-communes"
          caption={`Les ${shown.length} communes qui envoient le plus de demandes à ${name} en ${year} (estimées)`}
          rows={shown}
          columns={[
            { label: 'Commune', cell: row => row.name },
            { label: 'Habitants', figure: row => row.population },
            { label: 'Distance', figure: row => (isOwn(row) ? row.km : undefined), unit: 'km' },
            { label: 'Part de ses habitants qui y vont', figure: row => row.share, as: 'share' },
            { label: `Demandes en ${year}`, figure: row => twoFigures(row.requests) },
          ]}
          note={`À vol d’oiseau. ${shown.every(isOwn) ? '' : 'Sans distance : commune placée au milieu de celles de son code postal ou de son intercommunalité. '}Positions : ${credit}.`}
        />
      </Details>
      <Parameters
        id="bassin-parametres"
        of="d’où viennent les demandes"
        parameters={assumptions.map(({ label, value, origin }) => ({
          name: label,
          value: frenchNumber(value, value % 1 === 0 ? 0 : 2),
          unit: '',
          status: 'assumed',
          origin,
        }))}
      />
    </>
  )
}

/** Whether a commune stands where it is, rather than in the middle of those around it. */
function isOwn({ position }: Catchment['communes'][number]): boolean {
  return position === 'place' || position === 'arrondissement'
}

/** What leaves a department and what enters it, in parts of what its inhabitants ask for. */
export function movesWords({ residents, leaving, entering }: Catchment['department'], name: string): string {
  const part = (people: number) =>
    people < residents / 200 ? 'moins de 1\u00a0%' : frenchPercent((100 * people) / residents, 0)
  return `${name} : ${part(leaving)} des demandes de ses habitants en sortent, il y entre l’équivalent de ${part(entering)}.`
}

/** What the published grants of a hall tell, in a sentence for each. */
export function GrantsReadSection({ reads }: { reads: readonly GrantRead[] }) {
  if (reads.length === 0) return null
  return (
    <>
      <h2 id="dotations-lues">Ce que disent les dotations publiées</h2>
      <ul>
        {reads.map(read => (
          <li>{grantReadWords(read)}</li>
        ))}
      </ul>
    </>
  )
}

/** An amount in words: `Dotation de 2024, 18 185 € : 1 station, environ 3 000 demandes en 2023.` */
export function grantReadWords({ year, euros, requestsYear, reading, combinations }: GrantRead): string {
  const amount = `Dotation de ${year}, ${frenchQuantity(euros, 'euro')}`
  const [stations] = toldStations(combinations)
  const [first] = combinations
  if (stations === undefined || first === undefined)
    return ruleAt(GRANT_SCALES, `${year}-12-31`)?.value === undefined
      ? `${amount} : le barème de ${year} n’a pas été trouvé, ce montant ne se lit pas encore.`
      : `${amount} : aucune combinaison de stations et de demandes ne l’explique.`
  const sure = stations.probability > 0.995 ? '' : ` (${chances(stations.probability)})`
  const told = toldRequests(combinations)
  const below = combinations.every(({ requestsFrom }) => requestsFrom === 0)
  const requests = below
    ? `moins de ${frenchNumber(first.requests + 1)} demandes en ${requestsYear}`
    : told === undefined
      ? `un nombre de demandes de ${requestsYear} que rien ne départage`
      : `environ ${frenchNumber(twoFigures(told.requests))} demandes en ${requestsYear}`
  return `${amount} : ${frenchCount(stations.stations, 'station')}${sure}, ${requests} (seuils lus par ${reading}).`
}
