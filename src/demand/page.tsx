import { DemandFigures } from '../pure/charts/demand-figures.tsx'
import { FilterForm } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { EmptyState } from '../pure/pages/message.tsx'
import { demandEvents, demandSource } from './explanation.ts'
import type { PlaceDemand } from './queries.ts'

interface DemandPageProps {
  site: Site
  places: readonly { code: string; name: string }[]
  place: { code: string; name: string }
  demand: PlaceDemand | { reason: string }
  csv: string
}

/** How many requests are coming, for the department or one of its town halls. */
export function DemandPage({ site, places, place, demand, csv }: DemandPageProps) {
  return (
    <Page
      site={site}
      title="Demande à venir"
      path="/demande"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`Combien de cartes d’identité et de passeports seront demandés, ${place.name}, trimestre par trimestre. Tous ces chiffres sont estimés.`}
    >
      <FilterForm
        action="/demande"
        filters={[
          {
            name: 'place',
            label: 'Lieu',
            value: place.code,
            options: places.map(({ code, name }) => ({ value: code, label: name })),
          },
        ]}
      />
      {'reason' in demand ? (
        <EmptyState
          title="Pas encore de projection"
          reason={demand.reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      ) : (
        <DemandFigures
          placeName={place.name}
          quarters={demand.both}
          explanation={demand.explanation}
          events={demandEvents()}
          source={demandSource(demand.run)}
          csv={csv}
        />
      )}
    </Page>
  )
}
