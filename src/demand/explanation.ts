import type { Knowledge } from '../figures/published-queries.ts'
import { assumedWords } from '../places/equipped.ts'
import { quartersBetween } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { wholeYears } from '../pure/figures/whole-year.ts'
import {
  frenchCount,
  frenchDay,
  frenchList,
  frenchNumber,
  frenchPercent,
  longQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import type { ObservedMonth } from './counted-month.ts'
import { ASSUMPTIONS } from './engine/assumption.ts'
import type { DemandInputs } from './engine/demand.ts'
import { hindsightAssumptions } from './engine/hindcast.ts'
import { type CounterTitle, LONGEST_BRIDGE } from './engine/national-issues.ts'
import { NATION } from './engine/national-projection.ts'
import { UNTOLD_SPREAD } from './engine/national-volumes.ts'
import type { ProjectedPoint } from './engine/projection.ts'
import { CARD_DATES } from './engine/title-class.ts'
import type { ObservedPoint } from './observed.ts'

interface YearTotal {
  year: number
  mean: number
  renewals: number
  travelEnd: number
  early: number
  suppressed: number
  newCards: number
}

/** A place as it is told: its name, what was counted there, and the quarters of which that is everything. */
export interface ToldPlace {
  code: string
  name: string
  counted: readonly ObservedMonth[]
  observed: readonly ObservedPoint[]
}

/** Walks a reader through a projection: what is known, what comes back, the wave to prepare, what is assumed. */
export function explainDemand(
  inputs: DemandInputs,
  points: readonly ProjectedPoint[],
  place: ToldPlace,
  known: Knowledge = {},
): ExplanationLine[] {
  const years = yearTotals(points.filter(point => point.place === place.code))
  const wave = waveOf(years)
  return [
    ...pastLines(inputs, known),
    { title: 'Ce que disent ces chiffres', text: scopeWords(inputs, place) },
    { title: 'D’où elles viennent', text: originWords(inputs, place) },
    ...(inputs.hallsAssumed ? [assumedLine(inputs, place.name)] : []),
    {
      code: 'returning',
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

/** What a projection of another day knew, did not know, and knows although it came later. */
function pastLines({ unknownSince }: DemandInputs, { asOf, recordedBy }: Knowledge): ExplanationLine[] {
  const days = [
    ...(asOf ? [`ce qui était publié le ${frenchDay(asOf)}`] : []),
    ...(recordedBy ? [`ce qui était enregistré ici le ${frenchDay(recordedBy)}`] : []),
  ]
  const later = asOf === undefined ? [] : hindsightAssumptions(asOf)
  return [
    ...(days.length === 0
      ? []
      : [
          {
            title: 'Ce que l’on savait ce jour-là',
            text: `Projection refaite avec ${frenchList(days)}, sans les chiffres venus depuis. La loi, les mairies équipées et leurs positions sont celles d’aujourd’hui.${later.length === 0 ? '' : ` Sont aussi venus depuis, et servent pourtant : ${later.map(name => `« ${ASSUMPTIONS[name].label} »`).join(', ')}.`}`,
          },
        ]),
    ...(unknownSince === undefined
      ? []
      : [
          {
            title: 'Ce qui n’est pas connu',
            text: `Le dernier volume national publié est celui de ${unknownSince}. Un écart de plus de ${LONGEST_BRIDGE} ans n’est pas comblé : le niveau des années suivantes n’est pas connu. Faute de mieux, le calcul reprend celui de ${unknownSince}, avec un écart-type de ${frenchPercent(100 * UNTOLD_SPREAD, 0)} ; importez un volume plus récent avant de vous en servir.`,
          },
        ]),
  ]
}

function scopeWords(inputs: DemandInputs, { code, name, observed }: ToldPlace): string {
  const what = `Demandes de cartes d’identité et de passeports, ${name}, trimestre par trimestre.`
  const quarters = [...new Set(observed.map(point => point.quarter))].sort()
  const band = `La bande large contient neuf valeurs sur dix que le modèle juge possibles${triedWords(code, quarters.length)}.`
  const [first, last] = [quarters[0], quarters.at(-1)]
  if (first === undefined || last === undefined)
    return `${what} À partir du ${longQuarter(inputs.firstQuarter)} ; tout est estimé, rien n’est observé. ${band}`
  const span =
    first === last ? `le ${longQuarter(first)}` : `du ${longQuarter(first)} au ${longQuarter(last)}`
  const holes = quarters.length < quartersBetween(first, last).length
  return `${what} Observé ${span}${holes ? ', sauf les trimestres incomplets' : ''} ; estimé ensuite. Un trimestre compté en partie est complété par le modèle. ${band}`
}

function assumedLine({ halls }: DemandInputs, name: string): ExplanationLine {
  return {
    title: 'Où elles se déposent',
    text: `${assumedWords(halls.length, name)} Importez la liste : les demandes se diront par mairie.`,
  }
}

/** On what the band of a place was tried: national years, its own counts, or nothing yet. */
function triedWords(code: string, quarters: number): string {
  if (code === NATION) return ' ; la page « Fiabilité » dit sur quels faits elle a été éprouvée'
  if (quarters === 0) return ' ; elle n’a jamais été éprouvée : aucun trimestre n’a été compté ici'
  return ` ; elle s’éprouve sur ${frenchCount(quarters, 'trimestre compté', 'trimestres comptés')} ici, page « Fiabilité »`
}

function originWords(inputs: DemandInputs, { code, counted }: ToldPlace): string {
  if (code === NATION)
    return 'Le modèle part des volumes nationaux publiés et de la loi : c’est lui que la page « Fiabilité » remet aux fins d’années passées et juge sur ce qui est venu.'
  if (counted.length > 0) {
    const months = new Set(counted.map(row => row.month)).size
    const titles = new Set(counted.map(row => row.title))
    const halls = new Set(counted.map(row => row.insee)).size
    const [title] = titles
    const which = titles.size > 1 || title === 'cni-passport' ? 'de deux titres' : `de ${TITLE_WORDS[title!]}`
    const where = code === inputs.department ? ` dans ${frenchCount(halls, 'mairie')}` : ''
    return `${months} mois ${which} ${months > 1 ? 'ont été comptés' : 'a été compté'}${where} : ${months > 1 ? 'ils corrigent' : 'il corrige'} la part a priori des mairies comptées ; les autres se partagent le reste.`
  }
  if (inputs.counted.some(row => code === inputs.department || row.insee === code))
    return 'Les comptages de ce lieu ne sont pas publics : ils corrigent la part a priori sans être montrés.'
  return `Aucun comptage local n’a été importé. Le modèle part des volumes nationaux publiés, de la population (${frenchNumber(inputs.departmentPopulation)} habitants en tout) et d’une part par mairie. Importez les demandes reçues chaque mois : elles prendront le pas sur ces hypothèses.`
}

const TITLE_WORDS: Record<CounterTitle, string> = {
  cni: 'cartes d’identité',
  passport: 'passeports',
}

function yearTotals(points: readonly ProjectedPoint[]): YearTotal[] {
  return wholeYears(points).map(({ year, points: quarters }) => {
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
      `les anciennes cartes ne serviront plus à voyager en Europe après le ${frenchDay(CARD_DATES.travelEnd)} (environ ${frenchNumber(twoFigures(year.travelEnd))} demandes cette année-là)`,
    year.newCards > 0.02 * year.mean &&
      `les cartes au nouveau format délivrées depuis 2021 arrivent au bout de leurs dix ans (environ ${frenchNumber(twoFigures(year.newCards))})`,
  ].filter(cause => cause !== false)
  const after = years.filter(one => one.year > year.year && one.mean > 1.15 * before).map(one => one.year)
  const lasting = after.length > 0 ? ` La hausse dure en ${frenchList(after.map(String))}.` : ''
  const reason = causes.length > 0 ? `Parce que ${causes.join(', et que ')} : ` : ''
  return {
    code: 'wave',
    year: year.year,
    title: `La vague de ${year.year}`,
    text: `${reason}${reason ? 'le modèle' : 'Le modèle'} attend environ ${frenchNumber(twoFigures(year.mean))} demandes en ${year.year}, soit ${frenchPercent(100 * (year.mean / before - 1), 0)} de plus que la moyenne des trois années précédentes.${lasting}`,
  }
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
