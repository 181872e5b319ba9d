import type { MenuLink, Site } from '../pure/pages/layout.tsx'

/** The pages of the site, in the order of the menu. */
const NAVIGATION: MenuLink[] = [
  { label: 'Accueil', href: '/' },
  { door: 'Voir', label: 'Délais', href: '/delais' },
  { door: 'Voir', label: 'Rendez-vous', href: '/rendez-vous' },
  { door: 'Voir', label: 'Mairies', href: '/mairies' },
  { door: 'Prévoir', label: 'Demande', href: '/demande' },
  { door: 'Décider', label: 'Scénarios', href: '/scenarios' },
  { door: 'Décider', label: 'Campagnes', href: '/campagnes' },
  { door: 'Décider', label: 'Effectifs', href: '/effectifs' },
  { door: 'Données', label: 'Déposer', href: '/donnees' },
  { door: 'Données', label: 'Fiabilité', href: '/fiabilite' },
  { door: 'Données', label: 'Méthode', href: '/methode' },
  { label: 'Usagers', href: '/usagers' },
  { label: 'Comité', href: '/comite' },
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
  signIn?: { publicUrl: string } | undefined
}): Site {
  const mark = service.stateIdentity?.split('|').map(line => line.trim())
  return {
    navigation: NAVIGATION,
    footer: FOOTER,
    version: service.version,
    ...(service.assetVersion === undefined ? {} : { assetVersion: service.assetVersion }),
    ...(service.signIn === undefined ? {} : { publicUrl: new URL(service.signIn.publicUrl).origin }),
    place: service.departmentName,
    ...(mark ? { stateIdentity: { mark, name: mark.join(' ') } } : {}),
  }
}
