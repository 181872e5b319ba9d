import type { Day } from '../pure/calendar/day.ts'
import type { Title } from '../pure/law/title.ts'

/** A department whose files of a title come to a centre, from a day to a day. */
export interface Perimeter {
  cert: string
  name: string
  title: Title
  department: string
  since: Day
  until: Day | undefined
}

/** An expertise centre (CERT) as it stands on a day. */
export interface Cert {
  id: string
  name: string
  titles: Title[]
  departments: string[]
  /** Nothing was imported: its perimeter is a department, and that is said. */
  assumed: boolean
}

/** Titles that a centre is supposed to examine where no file says which: those of the committee's minutes. */
const ASSUMED_TITLES: readonly Title[] = ['cni-passport', 'driving-licence']

/** Why a perimeter is assumed, in French. */
export const ASSUMED_PERIMETER =
  'Périmètre supposé : le centre n’instruirait que les dossiers de ce lieu, CNI-passeports et permis (compte rendu du 5 avril 2022), qu’aucun fichier ne donne à un autre. Importez un fichier « Périmètres des CERT » pour le remplacer.'

/** Code of the centre supposed for a department. Example: `cert-16`. */
export function assumedCertId(department: string): string {
  return `cert-${department.toLowerCase()}`
}

/**
 * Centres on a day: those of the files, then, for each department, one supposed of the titles that none examines. Of several
 * rows about one department and title of a centre, the last one that has begun counts.
 */
export function certsOn(
  perimeters: readonly Perimeter[],
  departments: readonly { code: string; name: string }[],
  day: Day,
): Cert[] {
  const standing = new Map<string, Perimeter>()
  for (const one of [...perimeters].sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0))) {
    if (one.since <= day) standing.set(`${one.cert}|${one.title}|${one.department}`, one)
  }
  const serving = [...standing.values()].filter(({ until }) => until === undefined || until >= day)
  const certs = new Map<string, Cert>()
  for (const { cert, name, title, department } of serving) {
    const known = certs.get(cert) ?? { id: cert, name, titles: [], departments: [], assumed: false }
    if (!known.titles.includes(title)) known.titles.push(title)
    if (!known.departments.includes(department)) known.departments.push(department)
    certs.set(cert, known)
  }
  for (const { code, name } of departments) {
    const titles = ASSUMED_TITLES.filter(
      title => !serving.some(one => one.department === code && one.title === title),
    )
    if (titles.length === 0) continue
    const id = assumedCertId(code)
    // What another department sends it takes nothing from what it is supposed to examine.
    const known = certs.get(id)
    certs.set(id, {
      id,
      name: known?.name ?? `CERT (périmètre supposé : ${name})`,
      titles: [...new Set([...(known?.titles ?? []), ...titles])],
      departments: [...new Set([...(known?.departments ?? []), code])],
      assumed: known === undefined,
    })
  }
  return [...certs.values()]
}

/** Agents imported for a title, from a day on. */
export interface ImportedTeam {
  cert: string
  since: Day
  etpo: number
  filesPerAgentDay: number | undefined
}

/** A team as a file tells it, with the centre that it names. */
export interface ToldTeam extends ImportedTeam {
  code: string | undefined
  release: number
}

/**
 * Which agents count for the files of a department: those of the centre whose code serves it, else, of the centres that
 * files only name, the one of the last change; of several files about one day, the last. Changes in order of days.
 */
export function teamsThatCount<Team extends ToldTeam>(
  told: readonly Team[],
  cert: string | undefined,
): Team[] {
  const inOrder = [...told].sort((a, b) =>
    a.since === b.since ? a.release - b.release : a.since < b.since ? -1 : 1,
  )
  const coded = inOrder.filter(one => one.code !== undefined && one.code === cert)
  const named = inOrder.filter(one => one.code === undefined)
  const last = named.at(-1)?.cert
  const own = coded.length > 0 ? coded : named.filter(one => one.cert === last)
  const byDay = new Map(own.map(one => [one.since, one]))
  return [...byDay.values()]
}
