import { firstDay } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchCount,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchNumber,
  frenchPercent,
  fromRange,
  longQuarter,
  shortQuarter,
} from '../pure/french/french.ts'
import type { CertOutlook } from './cert-outlook.ts'
import type { CertProjection } from './cert-projection.ts'

/** What walks a reader through the projected delay of a title: causes, what is not known, then the numbers. */
export function explainCertOutlook(outlook: CertOutlook, projection: CertProjection): ExplanationLine[] {
  const { calibration, from } = outlook
  const last = calibration.quarters.at(-1)
  const { estimate } = outlook
  return [
    ...(estimate === undefined ? [{ title: 'Pourquoi', text: causeText(outlook) }] : []),
    {
      title: 'Point de départ',
      text: estimate
        ? `Le délai d’aujourd’hui, estimé : ${frenchDays(Math.exp(estimate.mean), 0)}, ${fromRange(Math.exp(estimate.mean - 1.645 * estimate.spread), Math.exp(estimate.mean + 1.645 * estimate.spread), 0)}, ${NINE_IN_TEN}. ${stockText(outlook)} L’équipe traite ce qu’elle a reçu en douze mois : ce n’est pas une prédiction, c’est ce qui arriverait si rien n’était décidé.`
        : `${last === undefined ? '' : `${frenchDays(last.observed, 0)} au ${longQuarter(last.quarter)}, le dernier délai publié. `}${stockText(outlook)} La projection part du ${frenchDay(firstDay(from))}, avec une équipe inchangée : ce n’est pas une prédiction, c’est ce qui arriverait si rien n’était décidé.`,
    },
    { title: 'Dossiers attendus', text: demandText(outlook) },
    {
      title: 'Deux délais',
      text: 'Le délai publié est l’âge moyen des dossiers délivrés dans le trimestre : il regarde en arrière. L’attente à venir est le temps que l’équipe mettrait à écouler le stock : elle réagit la première.',
    },
    ...(estimate === undefined ? [{ title: 'Ajustement', text: fitText(outlook) }] : []),
    {
      title: 'Ce que ces délais ne permettent pas de savoir',
      text: `${capitalised(calibration.notIdentifiable.join(' ; '))}.`,
    },
    {
      title: 'Risque',
      text: `Le délai publié dépasse ${frenchDays(projection.targetDays, 0)} au moins un trimestre dans ${frenchPercent(100 * projection.probabilityEverOver, 0)} des ${frenchNumber(projection.paths)} trajectoires.`,
    },
  ]
}

/** Every parameter of a projected delay, with its origin. */
export function certParametersStated(outlook: CertOutlook): StatedParameter[] {
  const { calibration, load, spread, files, team, demandFrom, startWorkDays, demand } = outlook
  const fitted = outlook.estimate
    ? 'Délai estimé aujourd’hui, d’après toutes les valeurs publiées du titre'
    : `Réglé sur les délais publiés du ${shortQuarter(calibration.quarters[0]?.quarter ?? '')} au ${shortQuarter(calibration.quarters.at(-1)?.quarter ?? '')}`
  return [
    ...(load === 'steady'
      ? [
          {
            name: 'Charge (dossiers reçus ÷ capacité)',
            value: 1,
            unit: '',
            status: 'assumed' as const,
            origin: outlook.estimate
              ? 'Hypothèse : l’équipe d’aujourd’hui traite ce qu’elle reçoit'
              : 'Hypothèse : un afflux de dossiers et une charge libre se compensent, on ne règle pas les deux',
          },
        ]
      : calibration.loads.map(({ quarter, load: value }) => ({
          name: `Charge du ${shortQuarter(quarter)} (dossiers reçus ÷ capacité)`,
          value: Math.round(1000 * value) / 1000,
          unit: '',
          status: 'estimated' as const,
          origin: fitted,
        }))),
    {
      name: 'Stock au départ',
      value: Math.round(10 * startWorkDays) / 10,
      unit: 'jours ouvrés de travail',
      status: 'estimated',
      origin: fitted,
    },
    {
      name: 'Dossiers traités par jour ouvré',
      value: files === undefined ? 'non connu' : Math.round(files.perWorkingDay),
      unit: '',
      status: 'estimated',
      origin:
        files === undefined
          ? 'Aucun volume ni effectif importé : seuls des rapports sont calculés'
          : files.from === 'imported-team'
            ? `${team?.cert} : ${frenchNumber(team?.etpo ?? 0, 1)} ETPO au travail × ${frenchNumber(team?.filesPerAgentDay ?? 0)} dossiers par agent et par jour (importés), présence comptée dans l’ETPO`
            : 'Déduits du nombre de dossiers entrés d’un coup et du délai qu’ils ont ajouté',
    },
    {
      name: 'Erreur sur la charge',
      value: Math.round(1000 * spread) / 10,
      unit: '% (écart-type)',
      status: load === 'steady' ? 'assumed' : 'estimated',
      origin: load === 'steady' ? 'Hypothèse, aucune source' : 'Dispersion des charges de chaque trimestre',
    },
    {
      name: 'Demande',
      value: demandFrom === 'projection' ? 'projetée' : 'tenue constante',
      unit: '',
      status: demandFrom === 'projection' ? 'estimated' : 'assumed',
      origin:
        demandFrom === 'projection'
          ? `Projection de la demande en cours, ${frenchCount(demand.length, 'trajectoire')}, total de douze mois glissants`
          : 'Hypothèse : aucune projection de la demande de ce titre',
    },
    {
      name: 'Ordre de traitement',
      value: 'premier arrivé, premier traité',
      unit: '',
      status: 'assumed',
      origin: 'Hypothèse que les délais publiés ne permettent pas de vérifier',
    },
  ]
}

function causeText({ calibration, load }: CertOutlook): string {
  const injected = calibration.injections[0]
  if (injected !== undefined)
    return `Des dossiers anciens sont entrés d’un coup${injected.files === undefined ? '' : ` (${frenchNumber(injected.files)})`} le ${frenchDay(injected.day)} au plus tard : environ ${frenchDays(injected.workDays, 0)} de travail de plus, que rien n’a résorbé depuis. Une file qui traite autant de dossiers qu’elle en reçoit garde son retard.`
  const loads = calibration.loads
  if (load === 'steady' || loads.length === 0)
    return 'Les délais publiés ne disent rien de l’écart entre les dossiers reçus et la capacité.'
  return `Le délai bouge quand les dossiers reçus et la capacité ne sont plus égaux : ${loads.map(one => `${frenchGap(100 * (one.load - 1))} % au ${shortQuarter(one.quarter)}`).join(', ')} d’après le calcul ajusté aux délais publiés.`
}

function stockText({ startWorkDays, files }: CertOutlook): string {
  const work = `Il restait l’équivalent de ${frenchDays(startWorkDays, 0)} ouvrés de travail`
  return files === undefined
    ? `${work} ; en dossiers, on ne sait pas.`
    : `${work}, soit environ ${frenchNumber(Math.round((startWorkDays * files.perWorkingDay) / 100) * 100)} dossiers (estimé).`
}

function demandText({ demandFrom }: CertOutlook): string {
  return demandFrom === 'flat'
    ? 'La demande de ce titre n’est pas projetée : elle est tenue constante, avec une incertitude. C’est une hypothèse.'
    : 'Les dossiers suivent la demande projetée. Ils n’arrivent pourtant qu’au rythme des rendez-vous : si les créneaux des mairies ne bougent pas, la demande en trop attend en mairie et le CERT en reçoit moins. La colonne « dossiers reçus constants » montre cet autre cas.'
}

function fitText({ calibration }: CertOutlook): string {
  const gaps = calibration.quarters
    .map(
      one =>
        `${frenchNumber(one.fitted, 1)} pour ${frenchNumber(one.observed)} au ${shortQuarter(one.quarter)}`,
    )
    .join(', ')
  return calibration.degreesOfFreedom === 0
    ? 'La file est réglée exactement sur les délais publiés, ce qui ne prouve rien de sa justesse : elle a autant de paramètres que de délais.'
    : `La file retrouve les délais publiés à ${frenchDays(calibration.rootMeanSquareDays)} près : ${gaps}.`
}
