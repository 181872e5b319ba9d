import { mean } from 'simple-statistics'
import { agentsFor } from '../delays/cert-capacity.ts'
import { FLOW_ASSUMPTIONS } from '../delays/cert-flow-assumption.ts'
import type { Title } from '../pure/law/title.ts'

/** A number that a plan rests on and that anyone may change: its bounds, and where its value comes from. */
export interface Assumption {
  label: string
  unit: string
  value: number
  bounds: readonly [minimum: number, maximum: number]
  origin: string
}

/** French names of the groups, in the order of the form. */
export const GROUP_NAMES = {
  demand: 'Dossiers',
  team: 'Équipe en place',
  recruitment: 'Recrutement et formation',
  overtime: 'Heures supplémentaires',
  loans: 'Prêts d’agents',
  uncertainty: 'Incertitude de la demande',
}

/** A group of numbers of the form. */
export type Group = keyof typeof GROUP_NAMES

const HYPOTHESIS = 'Hypothèse, aucune source'
const COMMITTEE = 'Comité local des usagers de la Charente, 5 avril 2022'

const NUMBERS = {
  demand: {
    filesPerWorkingDay: {
      label: 'Dossiers reçus',
      unit: 'par jour ouvré, en moyenne',
      value: 0,
      bounds: [0, 1e6],
      origin: '',
    },
    growthPerYear: {
      label: 'Croissance des demandes',
      unit: 'part par an',
      value: 0,
      bounds: [-0.9, 5],
      origin: `${HYPOTHESIS} : niveau présent prolongé`,
    },
    startDelayDays: {
      label: 'Délai d’instruction au départ (stock ÷ capacité à venir)',
      unit: 'jours',
      value: 0,
      bounds: [0, 1000],
      origin: '',
    },
  },
  team: {
    agents: {
      label: 'Agents à l’instruction',
      unit: 'ETPO',
      value: 0,
      bounds: [0, 1e5],
      origin: '',
    },
    filesPerAgentDay: {
      label: 'Productivité au départ',
      unit: 'dossiers par agent et par jour présent',
      bounds: [0.1, 10_000],
      ...FLOW_ASSUMPTIONS.filesPerAgentDay,
    },
    filesPerAgentDayLater: {
      label: 'Productivité visée',
      unit: 'dossiers par agent et par jour présent',
      value: 100,
      bounds: [0.1, 10_000],
      origin: `${COMMITTEE} : 100 atteints ou dépassés début 2022`,
    },
    productivityMonths: {
      label: 'Mois pour passer de l’une à l’autre',
      unit: 'mois',
      value: 12,
      bounds: [0, 120],
      origin: HYPOTHESIS,
    },
    attritionPerMonth: {
      label: 'Départs',
      unit: 'part des agents par mois',
      value: 0.012,
      bounds: [0, 0.9],
      origin: `${HYPOTHESIS} : environ 13 % par an`,
    },
    leaveShare: {
      label: 'Congés que l’équipe en place peut déplacer dans l’année',
      unit: 'part de la présence d’un mois',
      value: 0.05,
      bounds: [0, 0.3],
      origin: `${HYPOTHESIS} : un jour par mois et par agent au plus, hors des pics, avec l’accord de l’équipe`,
    },
    redeployShare: {
      label: 'Agents qui savent instruire un autre titre et peuvent y passer un mois',
      unit: 'part de l’équipe en place',
      value: 0.1,
      bounds: [0, 1],
      origin: `${HYPOTHESIS} : un agent sur dix est polyvalent ; 0 si le centre n’instruit qu’un titre`,
    },
  },
  recruitment: {
    recruitingLeadMonths: {
      label: 'Délai de recrutement, de la décision à l’arrivée',
      unit: 'mois',
      value: 3,
      bounds: [0, 24],
      origin: HYPOTHESIS,
    },
    maxHiresPerMonth: {
      label: 'Arrivées au plus',
      unit: 'agents par mois',
      value: 10,
      bounds: [0, 10_000],
      origin: `${HYPOTHESIS} : places de formation`,
    },
    tutorShare: {
      label: 'Temps d’un agent confirmé pris par chaque agent en formation',
      unit: 'part de son temps',
      value: 0.3,
      bounds: [0, 1],
      origin: 'Ordre de grandeur d’un cas d’école (Winston : 50 heures sur 160)',
    },
    hiringCost: {
      label: 'Coût d’un recrutement',
      unit: '€',
      value: 1500,
      bounds: [0, 1e6],
      origin: HYPOTHESIS,
    },
    wagePerMonth: {
      label: 'Coût d’un agent, charges comprises',
      unit: '€ par mois',
      value: 3300,
      bounds: [0, 1e5],
      origin: HYPOTHESIS,
    },
  },
  overtime: {
    overtimeHoursPerAgentMonth: {
      label: 'Heures supplémentaires au plus',
      unit: 'heures par agent et par mois',
      value: 10,
      bounds: [0, 25],
      origin: 'Hypothèse ; 25 heures au plus selon le décret n° 2002-60 (à vérifier pour votre service)',
    },
    overtimePremium: {
      label: 'Coût d’une heure supplémentaire, rapporté à une heure ordinaire',
      unit: 'rapport',
      value: 1.25,
      bounds: [0, 10],
      origin: 'Hypothèse ; ordre de grandeur du décret n° 2002-60 (à vérifier pour votre service)',
    },
  },
  loans: {
    loanAgents: {
      label: 'Agents prêtés par d’autres services, au plus',
      unit: 'ETPO',
      value: 0,
      bounds: [0, 10_000],
      origin: 'Aucun prêt sans accord : à saisir',
    },
    loanCostPerMonth: {
      label: 'Coût d’un agent prêté',
      unit: '€ par mois',
      value: 3300,
      bounds: [0, 1e5],
      origin: `${HYPOTHESIS} : celui d’un agent`,
    },
    loanProductivity: {
      label: 'Productivité d’un agent prêté',
      unit: 'part de celle d’un agent confirmé',
      value: 0.8,
      bounds: [0, 2],
      origin: HYPOTHESIS,
    },
  },
  uncertainty: {
    levelError: {
      label: 'Erreur de niveau de la prévision, qui dure tout l’horizon',
      unit: 'écart-type relatif',
      value: 0.06,
      bounds: [0, 1],
      origin:
        'Hypothèse prudente : les prévisions publiées d’autres pays se sont trompées de 10 % et plus (GAO-25-107164, OAG 2009)',
    },
    monthError: {
      label: 'Erreur propre à chaque mois',
      unit: 'écart-type relatif',
      value: 0.05,
      bounds: [0, 1],
      origin: HYPOTHESIS,
    },
    monthPersistence: {
      label: 'Part de l’erreur d’un mois qui passe au suivant',
      unit: 'part',
      value: 0.5,
      bounds: [0, 0.99],
      origin: HYPOTHESIS,
    },
    surgeProbability: {
      label: 'Probabilité d’une vague imprévue dans l’horizon',
      unit: 'part',
      value: 0.1,
      bounds: [0, 1],
      origin: HYPOTHESIS,
    },
    surgeSize: {
      label: 'Taille de cette vague',
      unit: 'part des demandes',
      value: 0.25,
      bounds: [0, 5],
      origin: `${HYPOTHESIS} ; la France a connu +52 % en 2022`,
    },
    surgeMonths: {
      label: 'Durée de cette vague',
      unit: 'mois',
      value: 6,
      bounds: [1, 60],
      origin: HYPOTHESIS,
    },
  },
} as const satisfies Record<Group, Record<string, Assumption>>

/** Every number of a plan, with its default. */
export const ASSUMPTIONS = {
  ...NUMBERS.demand,
  ...NUMBERS.team,
  ...NUMBERS.recruitment,
  ...NUMBERS.overtime,
  ...NUMBERS.loans,
  ...NUMBERS.uncertainty,
}

/** Names of the numbers of each group. */
export function numbersOf(group: Group): AssumptionName[] {
  return Object.keys(NUMBERS[group]) as AssumptionName[]
}

/** Name of a number of the plan. */
export type AssumptionName = keyof typeof ASSUMPTIONS

/** A value with where it comes from. */
export interface Sourced {
  value: number
  origin: string
}

/** Share of a confirmed agent's output in each month since arrival; then 1. */
export const TRAINING = { values: [0, 0.4, 0.8], origin: HYPOTHESIS } as const

const CARD_SEASON = {
  values: [1.02, 1.14, 1.32, 1.26, 1.26, 1.2, 1.02, 0.72, 0.84, 0.84, 0.78, 0.6],
  origin: 'Forme de la projection des demandes : pic de mars, creux d’août et de décembre',
}

/** Demands of each month ÷ a mean month, January first. */
export const SEASONS: Partial<Record<Title, { values: readonly number[]; origin: string }>> = {
  'cni-passport': CARD_SEASON,
  cni: CARD_SEASON,
  passport: CARD_SEASON,
}

/** Demands of each month ÷ a mean month where no shape is known. */
export const LEVEL_SEASON = {
  values: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  origin: 'Aucune forme saisonnière publiée : mois égaux',
} as const

/** Working days of a mean month. */
export const WORKING_DAYS_A_MONTH = FLOW_ASSUMPTIONS.workingDays.value / 12

/**
 * Files received a working day where nothing local is known. Identity cards and passports: 275,000 requests examined a
 * week in May 2023 by 27 centres, 2,037 each; no volume of a mean centre is published for another title.
 */
export const MEAN_CENTRE: Partial<Record<Title, Sourced>> = {
  'cni-passport': {
    value: Math.round(275_000 / 5 / 27),
    origin:
      '275 000 demandes instruites par semaine en mai 2023 (Assemblée nationale, intervention 293404), partagées entre 27 CERT',
  },
}

interface Team {
  filesPerWorkingDay: number
  filesPerAgentDay: number
  presence: readonly number[]
}

/** Agents who would just treat the mean inflow, present as the calendar says: the default when none is known. */
export function balancedAgents({ filesPerWorkingDay, filesPerAgentDay, presence }: Team): number {
  return agentsFor(filesPerWorkingDay, { filesPerAgentDay, presence: mean([...presence]) })
}

/** Where the workforce of a plan comes from when nobody told it. */
export const SUPPOSED_TEAM =
  'Effectif inconnu : celui qui traiterait juste les dossiers reçus ; à remplacer par le vôtre'
