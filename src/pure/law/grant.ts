import { type Dated, type DatedValue, ruleAt, type Source } from './dated.ts'

/** A step of the variable part: the requests a year from which it applies, and what it gives. */
export interface GrantStep {
  from: number
  /** Euros a station for a flat step, weight of one request for a step in points. */
  gives: number
}

/** How the State pays a commune for its stations in a year. Steps are in rising order; below the first, nothing. */
export type GrantScale = {
  fixedEuros: number
  connectedEuros: number
  /** Requests that one certification of a digital identity counts for. */
  certificationWeight: number
  steps: readonly GrantStep[]
} & (
  | { unit: 'euros' }
  /** `pointEuros` is undefined while nobody has published the value of the point. */
  | { unit: 'points'; pointEuros: number | undefined }
)

const CODE: Source = {
  title: 'CGCT, art. L. 2335-16 et D. 2335-23 (décret n° 2024-792 du 11 juillet 2024)',
  href: 'https://git.tricoteuses.fr/codes/code_general_des_collectivites_territoriales/commit/edd5c26aeefacb7c5c956fbb4b280a443fce56b5.diff',
}
const POINT_STEPS: readonly GrantStep[] = [
  { from: 1876, gives: 1 },
  { from: 2501, gives: 1.5 },
  { from: 4000, gives: 2.25 },
]

/** Scale of the grant for secured titles, by year; `undefined` for a year whose scale was not found. */
export const GRANT_SCALES: Dated<GrantScale | undefined> = {
  label: 'Dotation pour les titres sécurisés',
  unit: 'barème annuel',
  checked: '2026-11-23',
  values: [
    {
      from: '2026-01-01',
      value: undefined,
      source: CODE,
      note: 'Barème et enveloppe de 2026 non trouvés : le code peut avoir changé depuis le texte lu.',
    },
    {
      from: '2025-01-01',
      value: {
        fixedEuros: 9000,
        connectedEuros: 500,
        certificationWeight: 0.1,
        steps: POINT_STEPS,
        unit: 'points',
        pointEuros: undefined,
      },
      source: CODE,
      note: 'Mêmes règles qu’en 2024, enveloppe de 100 millions d’euros ; valeur du point non trouvée.',
    },
    {
      from: '2024-01-01',
      value: {
        fixedEuros: 9000,
        connectedEuros: 500,
        certificationWeight: 0.1,
        steps: POINT_STEPS,
        unit: 'points',
        pointEuros: 1.93,
      },
      source: {
        title:
          'Décret n° 2024-792 du 11 juillet 2024 ; France Titres, 12 juillet 2024 ; maires51.fr (1,93 €)',
        href: 'https://mairie.ants.gouv.fr/toute-l-actualite/dotation-des-titres-securises-2024-une-meilleure-prise-en-compte-de-l-activite-liee-aux-titres-et-a-l-identite-numerique',
      },
      note: 'Majoration de 500 € si l’anti-doublon est activé au 31 août 2024.',
    },
    {
      from: '2023-01-01',
      value: {
        fixedEuros: 9000,
        connectedEuros: 500,
        certificationWeight: 0,
        steps: [
          { from: 1876, gives: 5000 },
          { from: 2501, gives: 8500 },
          { from: 4000, gives: 12_500 },
        ],
        unit: 'euros',
      },
      source: {
        title: 'Décret n° 2023-206 du 27 mars 2023 (CGCT, art. D. 2335-23) ; La Gazette des communes, 860014',
      },
      note: 'Sans les aides exceptionnelles de l’année (contrat urgence titres, 4 000 € par station). Majoration pour les stations raccordées au 1er juillet 2023.',
    },
    {
      from: '2018-01-01',
      value: {
        fixedEuros: 8580,
        connectedEuros: 0,
        certificationWeight: 0,
        steps: [{ from: 1876, gives: 3550 }],
        unit: 'euros',
      },
      source: { title: 'APVF, 19 mai 2022 ; WEKA' },
      note: 'Sans l’enveloppe exceptionnelle de 10 millions d’euros de 2022.',
    },
    {
      from: '2011-01-01',
      value: { fixedEuros: 5030, connectedEuros: 0, certificationWeight: 0, steps: [], unit: 'euros' },
      source: { title: 'WEKA (montant gelé de 2011 à 2017)' },
    },
  ],
}

/** What a commune must tell for its grant: all counts are those of the previous year, for the whole commune. */
export interface GrantInput {
  stations: number
  connectedStations: number
  requests: number
  /** Certifications of digital identity, counted since 2024. */
  certifications?: number
  /**
   * What the steps are compared with. The code says *for each station* (art. L. 2335-16): that is the default,
   * with requests shared equally, since only the commune's total is known. Published examples speak of a commune.
   */
  reading?: 'station' | 'commune'
}

/** Grant of a commune in a year, in euros, and how far the next step and the loss of the present one are. */
export interface Grant {
  year: number
  reading: 'station' | 'commune'
  fixed: number
  connected: number
  variable: number
  total: number
  /** Weighted requests that were compared with the steps: of one station, or of the commune. */
  compared: number
  /** The step reached; `undefined` below the first one. */
  step: GrantStep | undefined
  /** Requests of the commune at which the next step is reached, and the euros gained there, if the point is known. */
  nextStep: { at: number; gain: number | undefined } | undefined
  /** Requests of the commune below which the present step is lost, and the euros lost just below. */
  keptFrom: { at: number; loss: number | undefined } | undefined
  source: Source
  note: string | undefined
}

/**
 * Grant for secured titles of a commune. In points, variable = requests × coefficient × value of the point:
 * 3,000 requests at one station in 2024 give 3,000 × 1.5 × 1.93 = 8,685 € (the example of maires51.fr).
 *
 * @returns a reason when the year's scale, or the value of its point, is not known.
 * @throws RangeError for counts that cannot be.
 */
export function grant(year: number, input: GrantInput): Grant | { reason: string } {
  check(input)
  const { stations, connectedStations, certifications = 0, reading = 'station' } = input
  const rule: DatedValue<GrantScale | undefined> | undefined = ruleAt(GRANT_SCALES, `${year}-12-31`)
  if (rule === undefined) return { reason: `Barème de ${year} non recensé.` }
  const scale = rule.value
  if (scale === undefined) return { reason: `Barème de ${year} non trouvé.` }
  const requests = input.requests + certifications * scale.certificationWeight
  const share = reading === 'station' ? stations : 1
  const variable = variableEuros(scale, requests, stations, share)
  if (variable === undefined)
    return {
      reason: `Valeur du point de ${year} non publiée : la part variable ne peut pas être calculée.`,
    }
  const differenceAt = (total: number) => {
    const there = variableEuros(scale, total, stations, share)
    return there === undefined ? undefined : rounded(Math.abs(there - variable))
  }
  const step = stepAt(scale, requests / share)
  const next = scale.steps.find(({ from }) => requests / share < from)
  const fixed = scale.fixedEuros * stations
  const connected = scale.connectedEuros * connectedStations
  return {
    year,
    reading,
    fixed,
    connected,
    variable,
    total: rounded(fixed + connected + variable),
    compared: requests / share,
    step,
    nextStep: next && { at: next.from * share, gain: differenceAt(next.from * share) },
    keptFrom: step && { at: step.from * share, loss: differenceAt((step.from - 1) * share) },
    source: rule.source,
    note: rule.note,
  }
}

function stepAt(scale: GrantScale, compared: number): GrantStep | undefined {
  return scale.steps.findLast(({ from }) => compared >= from)
}

function variableEuros(
  scale: GrantScale,
  requests: number,
  stations: number,
  share: number,
): number | undefined {
  const step = stepAt(scale, requests / share)
  if (step === undefined) return 0
  if (scale.unit === 'euros') return step.gives * stations
  return scale.pointEuros === undefined ? undefined : rounded(requests * step.gives * scale.pointEuros)
}

function rounded(euros: number): number {
  return Math.round(euros * 100) / 100
}

function check({ stations, connectedStations, requests, certifications = 0 }: GrantInput): void {
  if (!Number.isInteger(stations) || stations < 1) throw new RangeError(`stations: ${stations}`)
  if (!Number.isInteger(connectedStations) || connectedStations < 0 || connectedStations > stations)
    throw new RangeError(`connected stations: ${connectedStations} of ${stations}`)
  if (!(requests >= 0) || !(certifications >= 0))
    throw new RangeError(`requests: ${requests}, certifications: ${certifications}`)
}
