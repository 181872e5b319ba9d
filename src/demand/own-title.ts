import { monthsOfQuarter, type Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { meanOfYear } from '../pure/figures/whole-year.ts'
import { frenchNumber, frenchPercent, frenchRange } from '../pure/french/french.ts'
import { average, type Quantiles, quantilesOf } from '../pure/numerics/quantiles.ts'
import { seededRandom } from '../pure/numerics/series/random.ts'
import { sum } from '../pure/numerics/sum.ts'
import { LICENCE_ASSUMPTIONS, type LicenceInputs, type LicenceMonth, licencePaths } from './engine/licence.ts'
import type { Parts } from './engine/part-tally.ts'
import { PROJECTED_TITLES } from './engine/projection.ts'

/** Titles with a demand of their own, that no town hall receives. */
export const OWN_TITLES = ['driving-licence', 'vehicle-registration'] as const
/** A title with a demand of its own. */
export type OwnTitle = (typeof OWN_TITLES)[number]

/** Every title whose demand is told. */
export const TOLD_TITLES = [...PROJECTED_TITLES, ...OWN_TITLES]
/** Why a town hall has no demand of such a title. */
export const NOT_AT_A_HALL =
  'Ce titre ne se demande pas en mairie : demandez-le pour le département ou la France.'
/** Why a place has no demand of residence permits. */
export const NO_PERMITS =
  'Les renouvellements de titres de séjour se projettent à partir de douze mois de décisions positives de la préfecture, et d’elle seule : aucun n’est importé pour ce lieu. Importez-les (indicateurs, mesure « Décisions positives »), puis les titres délivrés par type de carte, qui les précisent.'

/** Whether a title has a demand of its own. */
export function isOwnTitle(title: string | undefined): title is OwnTitle {
  return (OWN_TITLES as readonly (string | undefined)[]).includes(title)
}

/** Version of these models; it changes with any number that they would give. */
export const OWN_VERSION = 'licence-1'
const PATHS = 1_000

/** A yearly volume, where it was read, and whether it is that of another year or place, carried over. */
export interface YearlyVolume {
  perYear: number
  spread: number
  origin: string
  assumed: boolean
}

/** Requests of a quarter of a title of its own. */
export interface OwnPoint {
  place: string
  title: OwnTitle
  quarter: Quarter
  mean: number
  /** Missing of a quarter that was counted. */
  quantiles?: Quantiles
  /** Missing where nothing is known of what brings the requests. */
  parts?: Parts
  status: 'observed' | 'estimated'
  /** Whether it rests on a volume that nobody counted there and then. */
  assumed?: boolean
}

/** Licences asked in a quarter, with what brings them. */
export type LicencePoint = OwnPoint & { quantiles: Quantiles; parts: Parts; assumed: boolean }

/** Standard error of a volume carried from its year to another, on the log scale. Example: 2006 in 2026: 0.6. */
export function carriedSpread(years: number): number {
  return Math.min(0.6, 0.08 + 0.026 * Math.max(0, years))
}

/** Licences asked by quarter in a place. */
export function licencePoints(
  place: string,
  { perYear, spread, assumed }: YearlyVolume,
  population: number,
  quarters: readonly Quarter[],
  seed: number,
): LicencePoint[] {
  const inputs: LicenceInputs = { perYear, spread, population }
  const months = quarters.flatMap(monthsOfQuarter)
  const paths = licencePaths(inputs, months, PATHS, seededRandom(seed))
  return quarters.map((quarter, q) => {
    const of = (...names: (keyof LicenceMonth)[]) =>
      Float64Array.from(paths, path =>
        sum(path.slice(3 * q, 3 * q + 3).flatMap(month => names.map(name => month[name]))),
      )
    const sample = of('other', 'medical', 'card', 'pink')
    const [medical, card, pink] = [average(of('medical')), average(of('card')), average(of('pink'))]
    return {
      place,
      title: 'driving-licence',
      quarter,
      mean: average(sample),
      quantiles: quantilesOf(sample),
      parts: {
        renewals: medical + card + pink,
        other: average(of('other')),
        end: medical + card,
        travelEnd: pink,
        early: 0,
        suppressed: 0,
        cohorts: [],
      },
      status: 'estimated',
      assumed,
    }
  })
}

/** What a reader must know of these numbers, the causes of their waves first. */
export function explainLicences(points: readonly OwnPoint[], volume: YearlyVolume): ExplanationLine[] {
  const wave = (year: number) => {
    const total = meanOfYear(points, year)
    return total === undefined ? [] : [`${year} : ${frenchNumber(Math.round(total / 100) * 100)}`]
  }
  const range = ([low, high]: readonly [number, number]) => `${frenchRange(100 * low, 100 * high)} %`
  const a = LICENCE_ASSUMPTIONS
  return [
    {
      title: 'Volume de départ',
      text: `${frenchNumber(volume.perYear)} permis par an [${volume.origin}]${volume.assumed ? ' : volume supposé, aucun compte récent de ce lieu n’est importé ; importez des titres délivrés (titles-issued) pour resserrer la fourchette' : ''}. Erreur prise sur ce volume : ${frenchPercent(100 * volume.spread, 0)}.`,
    },
    {
      title: 'Première vague, 2028–2029',
      text: `Les permis au format carte valent quinze ans depuis le 16 septembre 2013 : les premiers reviennent à partir de septembre 2028, puis sans cesse. Demandes attendues par an : ${[2027, 2028, 2029, 2030].flatMap(wave).join(' ; ')}. ${range(a.cardReturn)} des porteurs reviennent (hypothèse).`,
    },
    {
      title: 'Seconde vague, 2033',
      text: `Le permis rose finit le 19 janvier 2033. Demandes attendues par an : ${[2031, 2032, 2033].flatMap(wave).join(' ; ')}. Personne ne publie combien en restent : ${range(a.stillPink)} des porteurs, dont ${range(a.pinkReturn)} l’échangent (hypothèses).`,
    },
    {
      title: 'Visites médicales',
      text: `Groupe lourd, taxis, ambulances : cinq, deux puis un an selon l’âge. Ces retours durent depuis 2018 et sont dans le volume : ${range(a.medicalShare)} (hypothèse).`,
    },
    {
      title: 'Ce qui peut changer',
      text: 'La directive (UE) 2025/2205 garde quinze ans par défaut et cinq pour les professionnels ; elle se transpose avant le 26 novembre 2028 et s’applique le 26 novembre 2029, le permis mobile en 2030.',
    },
  ]
}
