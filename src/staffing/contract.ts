import { frenchCount } from '../pure/french/french.ts'

/** How people are engaged: for good, for a term, or for a season. */
export type ContractKind = 'permanent' | 'fixed-term' | 'seasonal'

/** Terms under which recruits may come. Shares are between 0 and 1, costs in euros. */
export interface ContractTerms {
  kind: ContractKind
  /** Length in months; none for a permanent post. */
  months?: number | undefined
  /** Months from the decision to the arrival. */
  leadMonths: number
  /** Arrivals under this contract at most, in a month; the limit of the team holds for all contracts together. */
  maxPerMonth?: number | undefined
  hiringCost: number
  wagePerMonth: number
  /** What is paid at the end of the term, as a share of all the wages of the term. */
  endPremium: number
}

/**
 * Share of the wages of a term paid when it ends: one tenth for contracts of a year at most, none for a season
 * (décret n° 2020-1296 of 23 October 2020, in force since 1 January 2021).
 */
export const END_PREMIUM = {
  value: 0.1,
  longestMonths: 12,
  origin:
    'Indemnité de fin de contrat : 10 % des rémunérations, contrats d’un an au plus, hors saisonniers (décret n° 2020-1296 du 23 octobre 2020)',
} as const

/** Longest seasonal reinforcement: six months in twelve (décret n° 86-83, art. 7). */
export const LONGEST_SEASON = 6

/** Terms offered to a plan that is not told which contracts may be used, the permanent post first. */
export const OFFERED: readonly { kind: ContractKind; months?: number }[] = [
  { kind: 'permanent' },
  { kind: 'seasonal', months: 3 },
  { kind: 'seasonal', months: LONGEST_SEASON },
  { kind: 'fixed-term', months: 9 },
  { kind: 'fixed-term', months: 12 },
  { kind: 'fixed-term', months: 18 },
]

/** Where the terms offered come from, in French. */
export const OFFERED_ORIGIN =
  'Hypothèse : poste permanent, saisonniers de 3 et 6 mois (six mois sur douze au plus, décret n° 86-83, art. 7, à vérifier pour votre service), contrats de 9, 12 et 18 mois ; même salaire pour tous, même délai de recrutement ; 10 % en fin de contrat d’un an au plus (décret n° 2020-1296)'

/** Shortest and longest term of each kind, in months. */
export const TERM_BOUNDS = {
  permanent: undefined,
  'fixed-term': { least: 3, most: 72 },
  seasonal: { least: 1, most: LONGEST_SEASON },
} as const satisfies Record<ContractKind, { least: number; most: number } | undefined>

/** What is wrong with contracts asked for: the place of each in the list, and why in French. */
export function contractFaults(
  contracts: readonly Pick<ContractTerms, 'kind' | 'months'>[],
): [place: number, fault: string][] {
  const codes = contracts.map(contractCode)
  return contracts.flatMap((contract, i): [number, string][] => {
    const { kind, months } = contract
    if (codes.indexOf(codes[i]!) < i) return [[i, `${contractName(contract)} : donné deux fois`]]
    const bounds = TERM_BOUNDS[kind]
    if (bounds === undefined) {
      return months === undefined ? [] : [[i, 'un poste permanent n’a pas de durée (months)']]
    }
    if (months !== undefined && months >= bounds.least && months <= bounds.most) return []
    return [[i, `${contractName({ kind })} : une durée (months) de ${bounds.least} à ${bounds.most} mois`]]
  })
}

/** What a contract costs where only its kind and length are said. Example: twelve months, fixed term: premium 0.1. */
export function offeredTerms(
  { kind, months }: { kind: ContractKind; months?: number | undefined },
  common: Pick<ContractTerms, 'leadMonths' | 'hiringCost' | 'wagePerMonth'>,
): ContractTerms {
  const premium = kind === 'fixed-term' && (months ?? Number.POSITIVE_INFINITY) <= END_PREMIUM.longestMonths
  return {
    kind,
    ...(months === undefined ? {} : { months }),
    ...common,
    endPremium: premium ? END_PREMIUM.value : 0,
  }
}

/** Short name of a contract, the same in files and answers: `permanent`, `seasonal-6`, `fixed-term-12`. */
export function contractCode({ kind, months }: Pick<ContractTerms, 'kind' | 'months'>): string {
  return months === undefined ? kind : `${kind}-${months}`
}

/** French name of a contract. Example: « contrat de 12 mois ». */
export function contractName({ kind, months }: Pick<ContractTerms, 'kind' | 'months'>): string {
  switch (kind) {
    case 'permanent':
      return months === undefined ? 'poste permanent' : `poste de ${frenchCount(months, 'mois', 'mois')}`
    case 'fixed-term':
      return months === undefined ? 'contrat' : `contrat de ${frenchCount(months, 'mois', 'mois')}`
    case 'seasonal':
      return months === undefined ? 'saisonnier' : `saisonnier de ${frenchCount(months, 'mois', 'mois')}`
    default:
      return kind satisfies never
  }
}
