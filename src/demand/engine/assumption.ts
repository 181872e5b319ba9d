import type { Day } from '../../pure/calendar/day.ts'
import type { Month } from '../../pure/calendar/period.ts'
import { normal, type Random } from '../../pure/numerics/series/random.ts'
import { PRIOR_RETURN_RATE } from '../../pure/numerics/series/return-rate.ts'

/** A number that no law and no local count gives: its central value, its spread, and where it comes from. */
export interface Assumption {
  label: string
  unit: string
  value: number
  /** Standard deviation, in the unit of the value, or of its logarithm when `scale` is `log`. */
  spread: number
  scale: 'linear' | 'log'
  minimum: number
  maximum: number
  origin: string
  /** Day on which the latest of its sources was published: known by hindsight to a projection as of an earlier day. */
  rests?: Day
}

/** What the projection assumes where nothing was counted; shown on the method page, kept with each run. */
export const ASSUMPTIONS = {
  returnRate: {
    label: 'Part des titres arrivant à échéance qui sont redemandés',
    unit: 'part',
    value: PRIOR_RETURN_RATE.mean,
    spread: PRIOR_RETURN_RATE.standardDeviation,
    scale: 'linear',
    minimum: 0,
    maximum: 1,
    origin:
      'A priori : sur les passeports des États-Unis, un modèle de cohortes se trompe le moins entre 0,5 et 0,8 ; aucune mesure française publiée',
  },
  minorShare: {
    label: 'Part des mineurs parmi les titres délivrés',
    unit: 'part',
    value: 0.25,
    spread: 0.04,
    scale: 'linear',
    minimum: 0.05,
    maximum: 0.6,
    origin: 'Hypothèse, aucune source : un peu plus que la part des mineurs dans la population',
  },
  comingOfAgeCard: {
    label: 'Part des cartes de mineurs renouvelées par des majeurs, dix ans après',
    unit: 'part',
    value: 0.55,
    spread: 0.05,
    scale: 'linear',
    minimum: 0,
    maximum: 1,
    origin: 'Hypothèse : âges répartis également entre 0 et 17 ans à la délivrance (10/18)',
  },
  comingOfAgePassport: {
    label: 'Part des passeports de mineurs renouvelés par des majeurs, cinq ans après',
    unit: 'part',
    value: 0.28,
    spread: 0.04,
    scale: 'linear',
    minimum: 0,
    maximum: 1,
    origin: 'Hypothèse : âges répartis également entre 0 et 17 ans à la délivrance (5/18)',
  },
  unknownYears: {
    label: 'Erreur sur les volumes nationaux des années non publiées',
    unit: 'écart-type du logarithme',
    value: 1,
    spread: 0.15,
    scale: 'log',
    minimum: 0.5,
    maximum: 2,
    origin:
      'Les volumes annuels de 2007 à 2018 n’ont pas été trouvés ; interpolation entre les années connues',
  },
  cardGrowth: {
    label:
      'Autres demandes de cartes (premiers titres, pertes, voyages) après la nouvelle carte, rapportées à 2019',
    unit: 'rapport',
    value: 1.4,
    spread: 0.2,
    scale: 'log',
    minimum: 0.6,
    maximum: 2.5,
    rests: '2024-10-31',
    origin:
      'Choisi après coup : environ 25 millions de cartes électroniques en octobre 2024 (commentcamarche.net) en demandent 13,5 à 17,5 millions depuis janvier 2023',
  },
  passportGrowth: {
    label: 'Autres demandes de passeports après la réouverture des frontières, rapportées à 2019',
    unit: 'rapport',
    value: 1.15,
    spread: 0.2,
    scale: 'log',
    minimum: 0.6,
    maximum: 2.5,
    rests: '2025-11-30',
    origin:
      'Choisi après coup, entre deux dires officiels contraires : retour au niveau d’avant crise en 2024 (Sénat l25-139) et 14 millions de titres par an durables (ANTS, Sénat r23-413)',
  },
  suppressedReturn: {
    label: 'Part des demandes non faites en 2020–2021 qui reviennent',
    unit: 'part',
    value: 0.55,
    spread: 0.15,
    scale: 'linear',
    minimum: 0,
    maximum: 1,
    rests: '2022-12-31',
    origin: 'Moins de la moitié était revenue la première année au Royaume-Uni (PAC HC 738)',
  },
  earlyUptake: {
    label: 'Part des cartes d’ancien format encore valides échangées par anticipation entre 2025 et 2031',
    unit: 'part',
    value: 0.1,
    spread: 0.05,
    scale: 'linear',
    minimum: 0,
    maximum: 0.44,
    rests: '2026-02-19',
    origin:
      'Hypothèse, bornée par un compte : 1,2 million d’identités numériques fin 2024 (Sénat a24-150-14), 3,6 millions le 19 février 2026 (clubic.com) ; 2,4 millions d’échanges au plus en onze mois, sur environ 37 millions d’anciennes cartes et 76 mois, font 0,44 au plus',
  },
  expiredLooks: {
    label:
      'Part des cartes prolongées (10 + 5 ans) redemandées à la date imprimée, sans attendre la fin légale',
    unit: 'part',
    value: 0.1,
    spread: 0.05,
    scale: 'linear',
    minimum: 0,
    maximum: 0.5,
    origin:
      'Hypothèse : admis pour qui n’a pas de passeport valide et justifie un voyage (linternaute.com 1344510) ; la Cour des comptes le cite parmi les causes de renouvellements précoces, sans le compter',
  },
  travelShare: {
    label:
      'Part des porteurs d’anciennes cartes qui la changent à cause de la fin de leur usage en Europe (août 2031)',
    unit: 'part',
    value: 0.35,
    spread: 0.12,
    scale: 'linear',
    minimum: 0,
    maximum: 1,
    origin: 'Hypothèse, aucune source : la carte continue de prouver l’identité en France',
  },
  localIntensity: {
    label: 'Demandes par habitant du département, rapportées à la moyenne nationale',
    unit: 'rapport',
    value: 0.9,
    spread: 0.1,
    scale: 'log',
    minimum: 0.5,
    maximum: 1.6,
    origin:
      'Maine-et-Loire : 0,87 en 2021 et 0,83 en 2022 (le-kiosque.org) ; rapproché de 1 faute de mesure locale',
  },
  brexitFiveYears: {
    label: 'Part des titres « Article 50 » de cinq ans parmi les premières délivrances de 2021',
    unit: 'part',
    value: 0.28,
    spread: 0.02,
    scale: 'linear',
    minimum: 0.2,
    maximum: 0.36,
    origin:
      '30,7 % au niveau national en janvier 2022 (46 700 sur 152 300) ; 25 % selon d’autres estimations',
  },
} as const satisfies Record<string, Assumption>

/** Name of an assumption. */
export type AssumptionName = keyof typeof ASSUMPTIONS

/** One value for each assumption. */
export type Draw = Record<AssumptionName, number>

/**
 * When the growth of other requests set in, and over how many months it grew: on the logarithmic scale, in a straight
 * line. The new card came between March and August 2021; borders reopened in the spring of 2022.
 */
export const GROWTH_RAMPS: Record<'cni' | 'passport', { from: Month; months: number; origin: string }> = {
  cni: {
    from: '2021-08',
    months: 24,
    origin: 'Nouvelle carte partout le 2 août 2021 ; durée choisie après coup',
  },
  passport: {
    from: '2022-03',
    months: 12,
    origin: 'Fin du passe vaccinal le 14 mars 2022 ; durée choisie après coup',
  },
}

/**
 * When requests not made in 2020 and 2021 begin to come back, and the months in which half of those that do have come.
 * In 2021 they had not: 8.0 million titles, against 9.9 in 2019.
 */
export const SUPPRESSED_RETURN: { from: Month; halfLifeMonths: number; origin: string } = {
  from: '2022-03',
  halfLifeMonths: 14,
  origin:
    'Réouverture des frontières ; choisi après coup : 2021 est resté au niveau de la crise, 2022 a dépassé 2019 de 21,5 % (Sénat l22-771)',
}

/** Standard deviation, a year and on the log scale, of the random walk of other requests. */
export const OTHER_DRIFT = { value: 0.03, origin: 'Hypothèse : marche au hasard, environ 10 % en dix ans' }

/** Draws every assumption once, for one path of the future. */
export function drawAssumptions(random: Random): Draw {
  const draw = {} as Draw
  for (const name of Object.keys(ASSUMPTIONS) as AssumptionName[]) {
    const { value, spread, scale, minimum, maximum } = ASSUMPTIONS[name]
    const drawn =
      scale === 'log' ? value * Math.exp(spread * normal(random)) : value + spread * normal(random)
    draw[name] = Math.min(maximum, Math.max(minimum, drawn))
  }
  return draw
}

/**
 * Months of the year, January first, as shares of a year's requests. No French monthly series was found: the shape
 * keeps the one published fact near it, 60 % of British applications between February and July (National Audit
 * Office), with the « pic traditionnel de mars » of France (Assemblée nationale, question 15-45170).
 */
export const MONTH_SHARES = [
  0.085, 0.095, 0.11, 0.105, 0.105, 0.1, 0.085, 0.06, 0.07, 0.07, 0.065, 0.05,
] as const
