import { demandEvents, demandSource } from '../demand/explanation.ts'
import type { PlaceDemand } from '../demand/queries.ts'
import { DemandFigures } from '../pure/charts/demand-figures.tsx'
import { WaitFigures } from '../pure/charts/wait-figures.tsx'
import { groupBy } from '../pure/figures/group-by.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { frenchDays, frenchRange, longQuarter } from '../pure/pages/french.ts'
import { KeyFigure, KeyFigures } from '../pure/pages/key-figure.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { EmptyState } from '../pure/pages/message.tsx'
import type { TownHall } from '../town-halls/town-hall.ts'

interface TownPageProps {
  site: Site
  hall: TownHall
  departmentName: string
  ownWaits: readonly QuarterlySeries[]
  departmentWaits: readonly QuarterlySeries[]
  demand: PlaceDemand | { reason: string }
}

/** What a mayor must know of a town hall: the wait, the requests that are coming, and why. */
export function TownPage({ site, hall, departmentName, ownWaits, departmentWaits, demand }: TownPageProps) {
  const own = ownWaits.flatMap(series => series.points).at(-1)
  const around = departmentWaits.flatMap(series => series.points).at(-1)
  const next = 'reason' in demand ? undefined : firstWholeYear(demand)
  return (
    <Page
      site={site}
      title={`Mairie de ${hall.name}`}
      path={`/mairies/${hall.insee}`}
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Mairies', href: '/mairies' },
      ]}
      lead={`L’attente d’un rendez-vous et les demandes de cartes d’identité et de passeports à venir à ${hall.name}.`}
    >
      <KeyFigures>
        <KeyFigure
          label={own ? `Attente à ${hall.name}, ${longQuarter(own.quarter)}` : `Attente à ${hall.name}`}
          value={hall.withoutAppointment ? 0 : own?.days}
          missing="Aucune attente publiée pour cette mairie"
          quantity="day"
          status={own?.status ?? 'observed'}
          {...(around === undefined
            ? {}
            : {
                comparison: `${departmentName} : ${frenchDays(around.days, 0)} au ${longQuarter(around.quarter)}`,
              })}
          source={own?.source.document ?? 'à importer (fichier « rendez-vous »)'}
        />
        <KeyFigure
          label={next ? `Demandes attendues en ${next.year}` : 'Demandes attendues'}
          value={next?.mean}
          missing={'reason' in demand ? demand.reason : 'Pas d’année entière projetée'}
          quantity="count"
          status="estimated"
          {...(next
            ? { range: `neuf chances sur dix par trimestre : ${frenchRange(next.low, next.high, 0)}` }
            : {})}
          source={'reason' in demand ? 'aucune projection' : demandSource(demand.run)}
        />
        <KeyFigure
          label="Stations (dispositifs de recueil)"
          value={hall.stations}
          missing="Nombre non publié"
          quantity="count"
          status="observed"
          source={hall.source.document}
        />
      </KeyFigures>
      {ownWaits.length > 0 && <h2>L’attente d’un rendez-vous</h2>}
      {ownWaits.map((series, i) => (
        <WaitFigures
          series={series}
          id={`attente-${i}`}
          placeName={hall.name}
          csv={`/api/waits.csv?place=${hall.insee}`}
        />
      ))}
      <h2>Les demandes à venir</h2>
      {'reason' in demand ? (
        <EmptyState
          title="Pas encore de projection"
          reason={demand.reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      ) : (
        <DemandFigures
          placeName={hall.name}
          quarters={demand.both}
          explanation={demand.explanation}
          events={demandEvents()}
          source={demandSource(demand.run)}
          csv={`/api/demand.csv?place=${hall.insee}&title=cni-passport`}
        />
      )}
    </Page>
  )
}

function firstWholeYear(
  demand: PlaceDemand,
): { year: string; mean: number; low: number; high: number } | undefined {
  for (const [year, quarters] of groupBy(demand.both, point => point.quarter.slice(0, 4))) {
    if (quarters.length < 4) continue
    return {
      year,
      mean: quarters.reduce((sum, point) => sum + point.mean, 0),
      low: Math.min(...quarters.map(point => point.quantiles.p05)),
      high: Math.max(...quarters.map(point => point.quantiles.p95)),
    }
  }
  return undefined
}
