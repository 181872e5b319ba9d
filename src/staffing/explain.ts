import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { chancesInTen } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDays,
  frenchList,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  ofName,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { contractCode, contractName } from './contract.ts'
import type { KeptPlan, PlannedMonth, StaffingPlan } from './plan-answer.ts'
import { teamOf, termsOf } from './team.ts'

const share = (probability: number, decimals = 0) => frenchPercent(probability * 100, decimals)
/** Euros, whole. */
export const euros = (amount: number) => `${frenchNumber(Math.round(amount))}\u00a0€`

/** Walks a reader from the demand to the agents, in French, with the origin of what was assumed. */
export function explainPlan(plan: StaffingPlan, origins: KeptPlan['origins']): ExplanationLine[] {
  const { question, months, nothing, curve } = plan
  const team = teamOf(question)
  const [first, last] = [months[0]!, months.at(-1)!]
  const from = (name: string) => (origins[name] === undefined ? '' : ` [${origins[name]}]`)
  const hires = months.filter(month => month.hires > 0)
  const overtime = months.filter(month => month.overtime >= 0.5)
  const loans = months.filter(month => month.loans >= 0.05)
  const expected = months.reduce((sum, month) => sum + month.expectedFiles, 0) / months.length
  const mean = curve.find(point => point.kind === 'mean')
  return [
    {
      title: 'Promesse',
      text: `${TITLE_NAMES[question.title]} : un délai d’instruction à venir d’au plus ${frenchDays(question.targetDays, 0)} à la fin de ${question.promise === 'joint' ? 'tous les mois promis à la fois' : 'chaque mois promis'}, avec ${chancesInTen(question.probability)}, ${ofName(frenchMonth(first.month))} à ${frenchMonth(last.month)}.${team.unpromisedMonths > 0 ? ` ${team.unpromisedMonths === 1 ? 'Le premier mois est montré mais pas promis' : `Les ${frenchNumber(team.unpromisedMonths)} premiers mois sont montrés mais pas promis`} : une recrue décidée aujourd’hui n’y est pas encore, ou s’y forme.` : ''}`,
    },
    {
      title: 'Dossiers',
      text: `${frenchNumber(question.filesPerWorkingDay)} dossiers par jour ouvré en moyenne${from('filesPerWorkingDay')}, soit ${frenchNumber(expected)} par mois attendus sur l’horizon, saison comprise${from('season')}.`,
    },
    {
      title: 'Stock au départ',
      text: `${frenchCount(Math.round(team.startStock), 'dossier')}${question.startStock === undefined ? `, ce que l’équipe traite en ${frenchDays(question.startDelayDays)}${from('startDelayDays')}` : `${from('startStock') || ', compté'}`}.`,
    },
    {
      title: 'Équipe en place',
      text: `${frenchNumber(question.agents, 1)} ETPO${from('agents')}, ${frenchNumber(question.filesPerAgentDay)} puis ${frenchNumber(question.filesPerAgentDayLater)} dossiers par agent et par jour présent${from('filesPerAgentDay')}, ${share(question.attritionPerMonth, 1)} de départs par mois${from('attritionPerMonth')} : ${frenchNumber(team.present.at(months.length - 1)!, 1)} ETPO à la fin sans recrutement.`,
    },
    {
      title: 'Si rien n’est décidé',
      text: `Retard au moins un mois promis dans ${share(nothing.jointLateProbability)} des trajectoires ; ${nothing.firstBreak === undefined ? 'aucun mois ne passe le risque accepté' : `premier mois qui rompt : ${frenchMonth(nothing.firstBreak)}`} ; délai médian de ${frenchDays(nothing.medianDelayAtEnd)} à la fin ; ${frenchCount(Math.round(nothing.filesBeyondTarget), 'dossier')} au-delà de l’objectif en moyenne, soit ${frenchNumber(nothing.agentMonthsToClear, 1)} mois d’agent et ${euros(nothing.costToClear)} pour les résorber.`,
    },
    {
      title: 'Pourquoi pas la moyenne',
      text: `Une prévision se trompe de niveau, et cette erreur dure. ${mean === undefined ? 'Aucun plan ne tient même la demande moyenne avec ces moyens.' : `Un plan calé sur la demande moyenne coûterait ${euros(mean.cost)} et serait en retard dans ${share(mean.jointLateProbability)} des trajectoires.`}${plan.safety > 0 ? ` Le plan tient jusqu’à ${share(plan.safety, 1)} de la demande moyenne sur l’horizon, réglé sur ${frenchNumber(plan.paths.tuning)} trajectoires.` : ' Ici, rien n’est à décider pour tenir la promesse.'}`,
    },
    {
      title: 'Recrutements',
      text:
        hires.length === 0
          ? 'Aucun.'
          : `${frenchList(hires.map(month => `${arrivalWords(plan, month)} en ${frenchMonth(month.month)}`))} ; décision ${frenchCount(question.recruitingLeadMonths, 'mois', 'mois')} plus tôt${from('recruitingLeadMonths')}. Décidé : ce dont le mois de décision est venu ; le reste n’est que prévu et se refait chaque mois${from('contracts')}. Une recrue fait ${frenchList(question.training.map(part => share(part)))} du travail d’un agent confirmé les premiers mois${from('training')} et prend ${share(question.tutorShare)} du temps d’un tuteur${from('tutorShare')}.`,
    },
    {
      title: 'Heures supplémentaires et prêts',
      text: `${overtime.length === 0 ? 'Aucune heure supplémentaire' : `${frenchNumber(overtime.reduce((sum, month) => sum + month.overtime, 0))} heures supplémentaires sur ${frenchCount(overtime.length, 'mois', 'mois')}, au plus ${frenchNumber(question.overtimeHoursPerAgentMonth)} par agent et par mois${from('overtimeHoursPerAgentMonth')}`} ; ${loans.length === 0 ? 'aucun agent prêté' : `${frenchNumber(largest(loans.map(month => month.loans)), 1)} agents prêtés au plus, sur ${frenchCount(loans.length, 'mois', 'mois')}`}.`,
    },
    {
      title: 'Coût',
      text: `${euros(plan.cost)} en recrues, heures et prêts ; l’équipe en place est payée par ailleurs${question.budget === undefined ? '' : ` ; budget ${euros(question.budget)}`}. Au-delà de l’horizon, les recrues restent à payer.`,
    },
    { title: 'Promesse tenue ou non', text: outcomeText(plan) },
    { title: 'Capacité sans dossier', text: idleText(plan) },
    {
      title: 'Risque',
      text: `Mesuré sur ${frenchNumber(plan.paths.heldOut)} autres trajectoires, que le calcul n’a pas vues : ${share(plan.jointLateProbability, 1)} d’être en retard au moins un mois promis, ${share(plan.worstMonthLateProbability, 1)} dans le pire mois. Ce sont deux promesses différentes : dites laquelle vous faites.${wholeness(plan)}`,
    },
    {
      title: 'Deux délais',
      text: 'L’objectif porte sur le délai à venir : stock divisé par la capacité des jours suivants. Le délai publié, âge moyen des dossiers délivrés, monte et descend plus tard.',
    },
    {
      title: 'Limites',
      text: 'Premier arrivé, premier traité ; dossiers incomplets, fabrication et transport hors du calcul ; le plan porte sur une équipe, jamais sur une personne. À refaire chaque mois avec ce qui s’est passé.',
    },
  ]
}

/** Recruits of a month in words. Example: « 2 (poste permanent), 1 (contrat de 9 mois) ». */
export function arrivalWords({ question }: StaffingPlan, month: PlannedMonth): string {
  const terms = termsOf(question)
  return month.arrivals
    .map(({ contract, agents }) => {
      const known = terms.find(one => contractCode(one) === contract)
      const count = frenchNumber(agents, Number.isInteger(agents) ? 0 : 1)
      return terms.length > 1 && known ? `${count} (${contractName(known)})` : count
    })
    .join(', ')
}

/** One sentence: whether the promise is kept on paths held out, and what would hold it. */
export function outcomeText(plan: StaffingPlan): string {
  const { asked, heldOutRisk, met, wouldHold } = plan.outcome
  if (met)
    return `Promesse tenue : ${share(heldOutRisk, 1)} de risque sur des trajectoires neuves, pour ${share(asked)} acceptés.`
  const ways =
    wouldHold === null || wouldHold.length === 0
      ? ''
      : ` Il suffirait de l’un de ces changements : ${wouldHold.map(remedy => remedy.text).join(' ; ')}.`
  return `Promesse non tenue : ${share(heldOutRisk, 1)} au lieu de ${share(asked)}.${ways}`
}

/** What the capacity without files costs, and the contract without which there would be least of it. */
export function idleText({ idle, idleShare, idleShareAll, question }: StaffingPlan): string {
  if (idle === null || idleShareAll === null) return 'Non mesurée pour ce plan.'
  const outside =
    idleShare === null
      ? 'Tous les mois sont des pics'
      : `${share(idleShare, 1)} de la capacité hors des pics ne trouve pas de dossier`
  const cut = idle.cut
  const name = cut && termsOf(question).find(terms => contractCode(terms) === cut.contract)
  const way =
    cut === undefined
      ? ''
      : name
        ? ` Sans recrue en ${contractName(name)}, il en resterait ${share(cut.share, 1)}, pour ${euros(cut.cost)}.`
        : ' Aucun des contrats offerts ne la réduirait : elle est le prix de la promesse, ou part vers un autre titre.'
  return `${outside} (${share(idleShareAll, 1)} sur tous les mois), soit ${frenchNumber(idle.agentMonths, 1)} mois d’agent et ${euros(idle.cost)}.${way} Un pic est un mois dont le besoin médian atteint 90 % du plus haut.`
}

/** Below this part of the risk accepted, a plan is told to be surer than asked. */
const MUCH_SURER = 0.75

/** Why a plan is surer than asked: whole recruits leave no plan in between. */
function wholeness({ question, months, safety, ...plan }: StaffingPlan): string {
  const accepted = 1 - question.probability
  const risk = question.promise === 'joint' ? plan.jointLateProbability : plan.worstMonthLateProbability
  const recruits = months.some(month => month.hires > 0)
  if (safety === 0 || !recruits || risk >= MUCH_SURER * accepted) return ''
  return ` Le plan le moins cher trouvé qui tient ${share(accepted)} de risque n’en court que ${share(risk, 1)} : les recrues sont entières, et aucun essai avec une de moins, ou plus tardive d’un mois, ne tenait encore.`
}
