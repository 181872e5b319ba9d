import type { MenuLink, Site } from '../pure/pages/layout.tsx'

/** The pages of the site, in the order of the menu. */
const NAVIGATION: MenuLink[] = [
  { label: 'Accueil', href: '/' },
  { label: 'Délais', href: '/delais', keeps: 'department' },
  { label: 'Rendez-vous', href: '/rendez-vous', keeps: 'any-place' },
  { label: 'Demande', href: '/demande', keeps: 'any-place' },
  { label: 'Mairies', href: '/mairies' },
  { label: 'Scénarios', href: '/scenarios' },
  { label: 'Effectifs', href: '/effectifs' },
  { label: 'Usagers', href: '/usagers' },
  { label: 'Comité', href: '/comite' },
  { label: 'Données', href: '/donnees' },
  { label: 'Fiabilité', href: '/fiabilite' },
  { label: 'Méthode', href: '/methode' },
]

const FOOTER = [
  { label: 'Méthode et sources', href: '/methode' },
  { label: 'Documentation de l’API', href: '/docs' },
  { label: 'Données importées', href: '/donnees' },
  { label: 'Relevés automatiques', href: '/collecteurs' },
  { label: 'Alertes', href: '/alertes' },
]

/** What surrounds every page of the service of a department. */
export function siteOf(service: {
  version: string
  departmentName: string
  stateIdentity: string | undefined
  assetVersion?: string
}): Site {
  const mark = service.stateIdentity?.split('|').map(line => line.trim())
  return {
    navigation: NAVIGATION,
    footer: FOOTER,
    version: service.version,
    ...(service.assetVersion === undefined ? {} : { assetVersion: service.assetVersion }),
    place: service.departmentName,
    ...(mark ? { stateIdentity: { mark, name: mark.join(' ') } } : {}),
  }
}
