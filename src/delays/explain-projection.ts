import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { frenchCount, frenchDays, frenchNumber, frenchPercent, longQuarter } from '../pure/french/french.ts'
import type { Calibration } from './cert-calibration.ts'
import type { CertTeam } from './cert-capacity.ts'
import { filesPerWorkingDay } from './cert-capacity.ts'
import type { CertProjection } from './cert-projection.ts'

/** What walks a reader through the projection of a CERT, in French, causes before numbers. */
export function explainCertProjection(
  projection: CertProjection,
  known: { startStock: number; team?: CertTeam; calibration?: Calibration; expressShare?: number },
): ExplanationLine[] {
  const { team, calibration } = known
  return [
    {
      title: 'Départ',
      text: `${frenchCount(Math.round(known.startStock), 'dossier')} attendent au premier jour.`,
    },
    ...(team === undefined
      ? []
      : [
          {
            title: 'Capacité',
            text: `${frenchNumber(team.fullTimeAgents, 1)} ETPO × ${frenchNumber(team.filesPerAgentDay)} dossiers par agent et par jour × ${frenchPercent(team.presence * 100, 0)} de présence : ${frenchNumber(filesPerWorkingDay(team))} dossiers par jour ouvré.`,
          },
        ]),
    ...(calibration === undefined ? [] : [{ title: 'Ajustement', text: calibrationText(calibration) }]),
    {
      title: 'Ordre de traitement',
      text: known.expressShare
        ? `${frenchPercent(known.expressShare * 100, 0)} de la capacité prend les dossiers les plus récents, le reste les plus anciens : une hypothèse, que les délais publiés ne permettent pas de vérifier.`
        : 'Premier arrivé, premier traité : une hypothèse, que les délais publiés ne permettent pas de vérifier.',
    },
    {
      title: 'Deux délais',
      text: 'Le délai publié est l’âge moyen des dossiers délivrés dans le trimestre : il regarde en arrière. L’attente à venir est le temps que la capacité future met à écouler le stock : elle réagit la première.',
    },
    ...projection.quarters
      .filter(q => q.complete)
      .map(q => ({ title: longQuarter(q.quarter), text: quarterText(q, projection.targetDays) })),
    {
      title: 'Risque',
      text: `Le délai publié dépasse ${frenchDays(projection.targetDays, 0)} au moins un trimestre dans ${frenchPercent(projection.probabilityEverOver * 100, 0)} des ${frenchNumber(projection.paths)} trajectoires de demande ; ce risque d’ensemble est plus grand que celui de chaque trimestre pris seul.`,
    },
  ]
}

function quarterText(quarter: CertProjection['quarters'][number], targetDays: number): string {
  const { backward, forward } = quarter
  const published =
    backward?.median === undefined
      ? 'Aucun dossier délivré dans une partie des trajectoires : pas de délai publié calculable.'
      : `Délai publié médian ${frenchDays(backward.median)}${between(backward)}, au-dessus de ${frenchDays(targetDays, 0)} dans ${frenchPercent(backward.probabilityOver * 100, 0)} des trajectoires.`
  const ahead =
    forward.median === undefined
      ? ' L’attente à venir dépasse le calendrier de capacité connu.'
      : ` Attente à venir médiane ${frenchDays(forward.median)}.`
  return published + ahead
}

function between({ low80, high80 }: { low80: number | undefined; high80: number | undefined }): string {
  return low80 === undefined || high80 === undefined
    ? ''
    : ` (huit chances sur dix d’être entre ${frenchNumber(low80, 1)} et ${frenchNumber(high80, 1)})`
}

function calibrationText({ rootMeanSquareDays, degreesOfFreedom, notIdentifiable }: Calibration): string {
  const quality =
    degreesOfFreedom === 0
      ? 'Le modèle est réglé exactement sur les délais publiés, ce qui ne prouve rien de sa justesse.'
      : `Le modèle retrouve les délais publiés à ${frenchDays(rootMeanSquareDays)} près.`
  return `${quality} Ces délais ne permettent pas de connaître : ${notIdentifiable.join(' ; ')}.`
}
