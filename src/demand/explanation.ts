import { yearOf } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { frenchDay, frenchList, frenchNumber, frenchPercent, longQuarter } from '../pure/french/french.ts'
import { ASSUMPTIONS } from './engine/assumption.ts'
import type { DemandInputs } from './engine/demand.ts'
import type { ProjectedPoint } from './engine/projection.ts'
import { CARD_DATES } from './engine/title-class.ts'

/** Requests of one year and where they come from. */
interface YearTotal {
  year: number
  mean: number
  renewals: number
  travelEnd: number
  early: number
  suppressed: number
  newCards: number
}

/** Walks a reader through a projection: what is known, what comes back, the wave to prepare, what is assumed. */
export function explainDemand(
  inputs: DemandInputs,
  points: readonly ProjectedPoint[],
  place: { code: string; name: string },
): ExplanationLine[] {
  const years = yearTotals(points.filter(point => point.place === place.code))
  const wave = waveOf(years)
  const counted = inputs.counted.filter(row => place.code === inputs.department || row.insee === place.code)
  return [
    {
      title: 'Ce que disent ces chiffres',
      text: `Demandes de cartes d’identité et de passeports attendues, ${place.name}, trimestre par trimestre à partir du ${longQuarter(inputs.firstQuarter)}. Tout est estimé, rien n’est observé : la bande large contient neuf valeurs sur dix que le modèle juge possibles.`,
    },
    counted.length === 0
      ? {
          title: 'D’où elles viennent',
          text: `Aucun comptage local n’a été importé. Le modèle part des volumes nationaux publiés, de la population (${frenchNumber(inputs.departmentPopulation)} habitants dans le département) et d’une part par mairie. Importez les demandes reçues chaque mois : elles prendront le pas sur ces hypothèses.`,
        }
      : {
          title: 'D’où elles viennent',
          text: `Les ${frenchNumber(counted.length)} mois de demandes importés corrigent la part a priori des mairies comptées ; les autres se partagent le reste.`,
        },
    {
      title: 'Ce qui revient',
      text: `Un titre délivré revient autour de la fin que la loi lui donne. En ${years[0]?.year ?? ''}–${years.at(-1)?.year ?? ''}, les renouvellements font ${frenchPercent(100 * share(years), 0)} des demandes ; le reste vient des premiers titres, des pertes, des voyages et des changements d’état civil.`,
    },
    ...(wave ? [waveLine(wave, years)] : []),
    {
      title: 'Ce qui est supposé',
      text: `${frenchPercent(100 * ASSUMPTIONS.returnRate.value, 0)} des titres échus sont redemandés (écart-type ${frenchNumber(100 * ASSUMPTIONS.returnRate.spread)} points) ; ${frenchPercent(100 * ASSUMPTIONS.travelShare.value, 0)} des porteurs d’anciennes cartes les changeront avant août 2031 ; ${frenchPercent(100 * ASSUMPTIONS.earlyUptake.value, 0)} l’auront fait par anticipation depuis le ${frenchDay(CARD_DATES.earlyFrom)}. Ces parts n’ont pas de source publiée : les bandes en tiennent compte.`,
    },
  ]
}

function yearTotals(points: readonly ProjectedPoint[]): YearTotal[] {
  return [...groupBy(points, point => yearOf(point.quarter))]
    .filter(([, quarters]) => new Set(quarters.map(point => point.quarter)).size === 4)
    .map(([year, quarters]) => {
      const sum = (of: (point: ProjectedPoint) => number) =>
        quarters.reduce((total, point) => total + of(point), 0)
      return {
        year,
        mean: sum(point => point.mean),
        renewals: sum(point => point.parts.renewals),
        travelEnd: sum(point => point.parts.travelEnd),
        early: sum(point => point.parts.early),
        suppressed: sum(point => point.parts.suppressed),
        newCards: sum(point =>
          point.parts.cohorts
            .filter(
              cohort =>
                cohort.titleClass.startsWith('cni') && cohort.issuedIn >= 2021 && year - cohort.issuedIn >= 9,
            )
            .reduce((total, cohort) => total + cohort.mean, 0),
        ),
      }
    })
}

function share(years: readonly YearTotal[]): number {
  const total = years.reduce((sum, year) => sum + year.mean, 0)
  return total > 0 ? years.reduce((sum, year) => sum + year.renewals, 0) / total : 0
}

/** The first year at least 15 % above the mean of the three years before it, after the catch-up of the crisis. */
function waveOf(years: readonly YearTotal[]): { year: YearTotal; before: number } | undefined {
  for (let i = 3; i < years.length; i++) {
    const year = years[i]
    const before = years.slice(i - 3, i).reduce((sum, one) => sum + one.mean, 0) / 3
    if (year && before > 0 && year.mean > 1.15 * before) return { year, before }
  }
  return undefined
}

function waveLine(
  { year, before }: { year: YearTotal; before: number },
  years: readonly YearTotal[],
): ExplanationLine {
  const causes = [
    year.travelEnd > 0.02 * year.mean &&
      `les anciennes cartes ne serviront plus à voyager en Europe après le ${frenchDay(CARD_DATES.travelEnd)} (environ ${frenchNumber(rounded(year.travelEnd))} demandes cette année-là)`,
    year.newCards > 0.02 * year.mean &&
      `les cartes au nouveau format délivrées depuis 2021 arrivent au bout de leurs dix ans (environ ${frenchNumber(rounded(year.newCards))})`,
  ].filter(cause => cause !== false)
  const after = years.filter(one => one.year > year.year && one.mean > 1.15 * before).map(one => one.year)
  const lasting = after.length > 0 ? ` La hausse se poursuit en ${frenchList(after.map(String))}.` : ''
  const reason = causes.length > 0 ? `Parce que ${causes.join(', et que ')} : ` : ''
  return {
    title: `La vague de ${year.year}`,
    text: `${reason}${reason ? 'le modèle' : 'Le modèle'} attend environ ${frenchNumber(rounded(year.mean))} demandes en ${year.year}, soit ${frenchPercent(100 * (year.mean / before - 1), 0)} de plus que la moyenne des trois années précédentes.${lasting}`,
  }
}

/** Two figures that count: nobody should read « 12 958 » as a promise. */
function rounded(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / unit) * unit
}

/** Days of the law that bend the demand, for a chart. */
export function demandEvents() {
  return [
    { day: CARD_DATES.earlyFrom, label: 'Échange anticipé des anciennes cartes' },
    { day: CARD_DATES.travelEnd, label: 'Fin des anciennes cartes en Europe' },
  ]
}

/** Where a projected number comes from, in words. */
export function demandSource(run: { asOf: string }): string {
  return `Vigie Titres, projection du ${frenchDay(run.asOf)}`
}
