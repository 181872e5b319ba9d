import { nameKey } from './name.ts'

/** A commune in force, as it is known by its name. */
export interface NamedCommune {
  code: string
  name: string
  department: string
  /** Whether another took it over: it is found where no commune in force has its name. */
  merged?: boolean
}

/** Communes that bear a name. */
export type CommunesNamed = (name: string) => readonly NamedCommune[]

/** A postal code, whose first digits are those of the department but in Corsica, before the name. */
const POSTAL = /^(\d{5})\s+[-–]?\s*(\p{L}.*?)(?:\s+cedex(?:\s+\d+)?)?$/iu
const OFFICE =
  /^(?:(?:mairie|ville|commune|hôtel de ville|hotel de ville)(?:\s+annexe)?)\s+(?:de\s+la\s+commune\s+)?(?:d['’]|de\s+|du\s+|des\s+)?/i

/** Where in a commune, which may have several: « - Centre », « (mairie annexe) », « centre-ville ». */
const WITHIN =
  /(?:\s+[-–]\s+|\s*[,(]\s*|\s+)(?:centre(?:[-\s]ville)?|mairie(?:\s(?:annexe|centrale|principale))?|h[ôo]tel de ville|annexe|cedex(?:\s\d+)?)\)?$/i

/** A commune as people write it, and the department they give with it: `Mairie de St-Yrieix (16)`. */
export function writtenCommune(text: string): { name: string; department: string | undefined } {
  const [, postal, town] = POSTAL.exec(text) ?? []
  if (postal !== undefined && town !== undefined)
    return {
      ...writtenCommune(town),
      department: /^20/.test(postal) ? undefined : postal.slice(0, /^97/.test(postal) ? 3 : 2),
    }
  const [, before = text, department] =
    /^(.*?)\s*(?:\(|,\s*|\s-\s)(0[1-9]|[1-8]\d|9[0-5]|2[ab]|97[1-8]|98[678])\)?$/i.exec(text) ?? []
  const bare = before.replace(OFFICE, (office, offset: number) => {
    const article = /\s(du|des)\s+$/i.exec(office)?.[1]?.toLowerCase()
    return offset === 0 && article !== undefined ? (article === 'du' ? 'le ' : 'les ') : ''
  })
  const alone = bare.trim().replace(WITHIN, '') || bare.trim()
  const [, name, article] = /^(.*?)\s*(?:\(|,\s*|\s)(l['’]|le|la|les)\)?$/i.exec(alone) ?? []
  return {
    name: (name === undefined ? alone : `${article} ${name}`).trim(),
    department: department?.toUpperCase(),
  }
}

/** A municipal district: `Paris 15e`, `LYON 3ème arrondissement`, `Marseille 1er ardt`. */
const DISTRICT =
  /^(paris|lyon|marseille)[\s-]+0?(\d{1,2})\s?(?:er|e|è?me|ème|eme)?(?:[\s-]+(?:arrondissement|ar\w*\.?))?$/i

/** What stands between two names of one: « s/ », « s/s », a slash. */
const ON = /\s*(?:\b(s{1,2}|s\/s|sous|sur)\s?)?\/\s*|\s(s)\s/gi

/** The keys of a commune whose name is shortened: « St-Yrieix s/ Charente » is « sur », or « sous » as in Clichy. */
function longKeys(name: string): string[] {
  return ['sur', 'sous'].map(word => communeKey(name.replace(ON, ` ${word} `)))
}

/** What identifies the name of a commune: no accent, case nor hyphen, `st` written out, districts as INSEE names them. */
export function communeKey(name: string): string {
  const [, city, rank] = DISTRICT.exec(name.trim()) ?? []
  if (city !== undefined) return nameKey(`${city} ${rank}${rank === '1' ? 'er' : 'e'} arrondissement`)
  return nameKey(name.replace(/\b(s)(te?)\b\.?(?=[\s-])/gi, (_, s: string, t: string) => `${s}ain${t}`))
}

/** Finds communes by their names, with or without « Mairie de », accents and hyphens. */
export function communesByName(communes: Iterable<NamedCommune>): CommunesNamed {
  const [index, past] = [new Map<string, NamedCommune[]>(), new Map<string, NamedCommune[]>()]
  for (const commune of communes) {
    const [key, names] = [communeKey(commune.name), commune.merged ? past : index]
    names.set(key, [...(names.get(key) ?? []), commune])
  }
  return text => {
    const { name, department } = writtenCommune(text)
    // A commune may be called « Ville-… »: its whole name goes first.
    const [whole, bare] = [communeKey(text), communeKey(name)]
    const found =
      index.get(whole) ??
      index.get(bare) ??
      past.get(whole) ??
      past.get(bare) ??
      (/\/|\ss\s/i.test(name) ? longKeys(name).flatMap(key => index.get(key) ?? []) : [])
    return department === undefined ? found : found.filter(one => one.department === department)
  }
}
