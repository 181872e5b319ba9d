import { paths } from '../pure/access/paths.ts'
import type { MenuLink, Site } from '../pure/pages/layout.tsx'

/** The pages of the site, in the order of the menu. */
const NAVIGATION: MenuLink[] = [
  { label: 'Accueil', href: paths.home() },
  { door: 'Voir', label: 'Délais', href: paths.delays() },
  { door: 'Voir', label: 'Rendez-vous', href: paths.waits() },
  { door: 'Voir', label: 'Mairies', href: paths.townHalls() },
  { door: 'Prévoir', label: 'Demande', href: paths.demand() },
  { door: 'Décider', label: 'Scénarios', href: paths.scenarios() },
  { door: 'Décider', label: 'Campagnes', href: paths.campaigns() },
  { door: 'Décider', label: 'Effectifs', href: paths.staffing() },
  { door: 'Données', label: 'Déposer', href: paths.data() },
  { door: 'Données', label: 'Fiabilité', href: paths.trackRecord() },
  { door: 'Données', label: 'Méthode', href: paths.method() },
  { label: 'Usagers', href: paths.users() },
  { label: 'Comité', href: paths.committee() },
]

const FOOTER = [
  { label: 'Méthode et sources', href: paths.method() },
  { label: 'Documentation de l’API', href: paths.docs() },
  { label: 'Données importées', href: paths.data() },
  { label: 'Relevés automatiques', href: paths.collectors() },
  { label: 'Alertes', href: paths.alerts() },
]

/** What surrounds every page of the service of a department. */
export function siteOf(service: {
  version: string
  department: string
  departmentName: string
  here: () => { code: string; name: string }
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
    get place() {
      return nameOr(service).name
    },
    get home() {
      return nameOr(service).code === service.department
        ? undefined
        : { label: service.departmentName, href: paths.home({ place: service.department }) }
    },
    ...(mark ? { stateIdentity: { mark, name: mark.join(' ') } } : {}),
  }
}

/** The department of the page; the service's own on the page which says that there is none. */
function nameOr({ department, departmentName, here }: Parameters<typeof siteOf>[0]) {
  try {
    return here()
  } catch {
    return { code: department, name: departmentName }
  }
}
