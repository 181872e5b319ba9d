import { chanceColumn } from '../figures/projection-figures.tsx'
import { CATCHMENT, POSITIONS_CREDIT } from '../places/catchment.ts'
import { paths } from '../pure/access/paths.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import {
  capitalised,
  frenchCount,
  frenchMonth,
  frenchNumber,
  longQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import { Page } from '../pure/pages/layout.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import { CHANGES, type ChangeEffect, quarterRead } from './hall-change.ts'
import type { ChangedHall } from './hall-change-answer.ts'

interface HallChangePageProps {
  placeName: string
  /** Communes of the department that may be chosen. */
  communes: readonly { code: string; name: string }[]
  shown: { commune: string; change: keyof typeof CHANGES; from: string; stations: string; factor: string }
  effect: ChangeEffect | { reason: string } | undefined
}

/** What a hall that opens, closes or offers more does to its neighbours: « si Jarnac ouvre une station en mars 2027 ». */
export function HallChangePage({ placeName, communes, shown, effect }: HallChangePageProps) {
  return (
    <Page
      title="Si une mairie ouvre, ferme ou s’agrandit"
      path={paths.hallChange()}
      trail={[{ label: 'Mairies', href: paths.townHalls() }]}
      lead={`${placeName} : ce qu’une mairie de plus, de moins ou plus ouverte prend à chacune de ses voisines.`}
    >
      {effect !== undefined &&
        ('reason' in effect ? (
          <EmptyState title="Rien à montrer" reason={effect.reason} />
        ) : (
          <Effect {...effect} />
        ))}
      <form class="filters no-print" method="get" action={paths.hallChange()}>
        <Choice
          name="commune"
          label="Commune"
          value={shown.commune}
          options={communes.map(({ code, name }) => ({ value: code, label: name.replaceAll("'", '’') }))}
        />
        <Choice
          name="change"
          label="Changement"
          value={shown.change}
          options={Object.entries(CHANGES).map(([value, label]) => ({ value, label }))}
        />
        <Field name="from" label="À partir de" hint="Un mois : mars 2027" value={shown.from} />
        <Field
          name="stations"
          label="Stations"
          hint="À l’ouverture ; vide : à la taille de la commune"
          value={shown.stations}
        />
        <Field
          name="factor"
          label="Offre, rapportée à aujourd’hui"
          hint="1,5 : moitié plus d’heures ou de stations"
          value={shown.factor}
        />
        <Submit>Calculer</Submit>
      </form>
    </Page>
  )
}

function Effect({ asked, name, year, department, halls }: ChangeEffect) {
  const own = halls.find(hall => hall.insee === asked.commune)
  const neighbours = halls.filter(hall => hall.insee !== asked.commune)
  const [most] = neighbours
  const told = halls.filter(hall => hall === own || twoFigures(hall.change) !== 0)
  const still = halls.length - told.length
  const finding =
    most === undefined || own === undefined
      ? ''
      : ` ${most.name} en ${most.change < 0 ? 'perdrait' : 'gagnerait'} environ ${frenchNumber(twoFigures(Math.abs(most.change)))}.`
  return (
    <>
      <h2>
        {capitalised(`${name} ${CHANGES[asked.change]} en ${frenchMonth(asked.from)}`)} : environ{' '}
        {frenchNumber(twoFigures(own?.requestsAfter ?? 0))} demandes en {year}
      </h2>
      <p>
        {`${own === undefined || own.requestsBefore === 0 ? 'Elle n’en reçoit pas aujourd’hui' : `Au lieu de ${frenchNumber(twoFigures(own.requestsBefore))}`} (estimé).${finding} L’ensemble en recevrait autant qu’avant : ${frenchNumber(twoFigures(department.after))}.`}
      </p>
      <Table
        id="voisines"
        caption={`Demandes de ${year} avant et après, attente médiane au ${longQuarter(quarterRead({ year }))}, et chances d’une part variable en ${year + 1} (estimées)`}
        rows={told}
        columns={[
          { label: 'Mairie', cell: hall => hall.name },
          { label: 'Avant', figure: hall => twoFigures(hall.requestsBefore) },
          { label: 'Après', figure: hall => twoFigures(hall.requestsAfter) },
          { label: 'Écart', figure: hall => twoFigures(hall.change), as: 'gap', decimals: 0 },
          { label: 'Attente, avant', figure: hall => days(hall.wait?.before), as: 'days', missing: '–' },
          { label: 'Attente, après', figure: hall => days(hall.wait?.after), as: 'days', missing: '–' },
          chanceColumn<ChangedHall>('Part variable, avant', hall => hall.grantChanceBefore ?? undefined),
          chanceColumn<ChangedHall>('Part variable, après', hall => hall.grantChanceAfter ?? undefined),
        ]}
        note={`${still > 0 ? `${frenchCount(still, 'autre mairie ne change pas', 'autres mairies ne changent pas')}. ` : ''}Personne ne va plus loin parce que l’attente y est plus courte : rien ne l’a mesuré. Attente : médianes, dans des bandes larges, des cinq mairies les plus touchées ; leurs créneaux répondent comme d’habitude. ${CATCHMENT.sizeExponent.label}, ${frenchNumber(CATCHMENT.sizeExponent.value, 2)}. ${CATCHMENT.sizeExponent.origin}. Positions : ${POSITIONS_CREDIT}.`}
      />
    </>
  )
}

function days(wait: number | undefined): number | undefined {
  return wait === undefined ? undefined : roundedDays(wait)
}
