/** The titles followed here, under the codes of the API. `cni-passport` is published as one figure by prefectures. */
export const TITLES = [
  'cni-passport',
  'cni',
  'passport',
  'vehicle-registration',
  'driving-licence',
  'residence-first',
  'residence-renewal',
] as const

/** Code of a title in the API and the database. */
export type Title = (typeof TITLES)[number]

/** French name of each title, as written on pages and reports. */
export const TITLE_NAMES: Record<Title, string> = {
  'cni-passport': 'Cartes d’identité et passeports',
  cni: 'Cartes nationales d’identité',
  passport: 'Passeports',
  'vehicle-registration': 'Certificats d’immatriculation',
  'driving-licence': 'Permis de conduire',
  'residence-first': 'Premiers titres de séjour',
  'residence-renewal': 'Renouvellements de titres de séjour',
}

/** Whether a text is the code of a title. */
export function isTitle(text: string): text is Title {
  return (TITLES as readonly string[]).includes(text)
}

/** How each title stands in the addresses of pages: French words, without accents. */
export const TITLE_ADDRESSES = {
  'cni-passport': 'cartes-et-passeports',
  cni: 'cartes-d-identite',
  passport: 'passeports',
  'vehicle-registration': 'immatriculation',
  'driving-licence': 'permis-de-conduire',
  'residence-first': 'premiers-titres-de-sejour',
  'residence-renewal': 'renouvellements-de-titres-de-sejour',
} as const satisfies Record<Title, string>

/** The title whose page has this address; `undefined` when none has. */
export function titleAt(address: string): Title | undefined {
  return TITLES.find(title => TITLE_ADDRESSES[title] === address)
}

/** The titles to choose from, in French, each with the code that an address takes: `passeports (passport)`. */
export function titleChoice(titles: readonly Title[]): string {
  return titles.map(title => `${TITLE_NAMES[title].toLowerCase()} (${title})`).join(', ')
}
