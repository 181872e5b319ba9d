import { normalQuantile } from '../pure/numerics/series/normal-quantile.ts'

/** What is believed of a way to tell people, before anybody has counted its answers. Shares of those who would ask later. */
interface MeansPrior {
  name: string
  /** Median share who come within three months, and the standard deviation of its logarithm. */
  median: number
  logSpread: number
  euros: number
  origin: string
  costOrigin: string
}

const NUDGES =
  'DellaVigna et Linos, Econometrica, 2022 : 126 essais de deux services publics gagnent 1,4 point en moyenne, les essais publiés par des chercheurs 8,7 points ; aucune mesure française pour un titre'
const WIDE = 'l’a priori va au-delà de ces deux nombres, parce que rien de tel n’a été compté ici'

/** Ways to tell people. The priors are wide on purpose; a campaign that was counted narrows them. */
export const MEANS = {
  letter: {
    name: 'lettre',
    median: 0.05,
    logSpread: 0.8,
    euros: 1,
    origin: `${NUDGES} ; ${WIDE}`,
    costOrigin: 'Hypothèse, aucune source : impression et affranchissement en nombre',
  },
  sms: {
    name: 'SMS',
    median: 0.04,
    logSpread: 0.9,
    euros: 0.06,
    origin: `${NUDGES} ; un peu moins que la lettre, par hypothèse`,
    costOrigin: 'Hypothèse, aucune source : envoi en nombre',
  },
  web: {
    name: 'site et affiches',
    median: 0.01,
    logSpread: 1,
    euros: 0,
    origin: 'Hypothèse : personne n’est prévenu en propre ; aucune mesure',
    costOrigin: 'Hypothèse : aucun coût par personne ; le travail d’une journée n’est pas compté',
  },
} as const satisfies Record<string, MeansPrior>

/** A way to tell people. */
export type Means = keyof typeof MEANS
/** The ways to tell people, as lists name them. */
export const MEANS_CODES = Object.keys(MEANS) as [Means, ...Means[]]

/** When those who answer come: shares of them in the month of the message and in the two after it. */
export const RESPONSE_MONTHS = [0.5, 0.3, 0.2] as const
/** What a further message to the same people is worth beside the first. */
export const REPEATED = 0.5
/** How far two campaigns by the same means differ from each other, on the log scale. */
const BETWEEN_CAMPAIGNS = 0.35
/** Whatever is drawn, some never answer. */
const MOST = 0.9

/** What is believed of the share who answer: median, and standard deviation of its logarithm. */
export interface Response {
  median: number
  logSpread: number
}

/**
 * What is believed once some campaigns were counted: the log of the share is normal, each count weighs the inverse of its
 * variance, its own and that between campaigns.
 *
 * Example: a letter, and 1,000 told of whom 100 came: prior log .05 ± .8, seen log .1005 ± .364; weight .8² ÷ (.8² + .364²) =
 * .828, median .0891.
 */
export function learntResponse(
  means: Means,
  counted: readonly { means: Means; told: number; answered: number }[],
): Response {
  const prior: Response = MEANS[means]
  let mean = Math.log(prior.median)
  let variance = prior.logSpread ** 2
  for (const { told, answered } of counted.filter(one => one.means === means)) {
    const seen = Math.log((answered + 0.5) / (told + 1))
    const error = 1 / (answered + 0.5) + BETWEEN_CAMPAIGNS ** 2
    const weight = variance / (variance + error)
    mean += weight * (seen - mean)
    variance *= 1 - weight
  }
  return { median: Math.exp(mean), logSpread: Math.sqrt(variance) }
}

/** The share who answer on one future of some: futures stand at equal shares of the law, in an order of their own. */
export function responseOn({ median, logSpread }: Response, path: number, paths: number): number {
  // Multiples of the golden ratio are spread evenly, and follow no order of the futures of demand.
  const place = (Math.floor(paths * ((path * 0.6180339887) % 1)) + 0.5) / paths
  return Math.min(MOST, median * Math.exp(logSpread * normalQuantile(place)))
}
