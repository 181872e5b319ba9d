import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { frenchCount, frenchDays, frenchNumber, frenchPercent, longQuarter } from '../pure/french/french.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { type Hall, weekCapacity } from './hall-capacity.ts'
import type { HallProjection, WaitProjection } from './wait-projection.ts'

/** How the weekly slots of a hall are counted, in French, with its own numbers. */
export function explainCapacity(hall: Hall): ExplanationLine[] {
  const { requests, minutesPerRequest, stationHours } = weekCapacity(hall)
  const saved = hall.preApplicationShare * hall.minutesSavedByPreApplication
  return [
    {
      title: 'Temps offert',
      text: `${frenchCount(hall.stations, 'station')}, ${frenchNumber(stationHours, 1)} heures de rendez-vous par semaine en tout.`,
    },
    {
      title: 'Temps d’une demande',
      text: `${frenchNumber(minutesPerRequest, 1)} minutes, intervalle compris${hall.personsPerAppointment > 1 ? `, pour ${frenchNumber(hall.personsPerAppointment, 1)} personnes par rendez-vous en moyenne` : ''}.`,
    },
    {
      title: 'Pré-demande en ligne',
      text:
        saved > 0
          ? `${frenchPercent(hall.preApplicationShare * 100, 0)} des demandes, ${frenchNumber(hall.minutesSavedByPreApplication, 1)} minutes gagnées chacune : une hypothèse saisie ici, aucune source ne la donne.`
          : 'Aucun gain de temps n’est compté : aucune source n’en donne la mesure.',
    },
    ...(hall.noShowShare > 0
      ? [
          {
            title: 'Rendez-vous non honorés',
            text: `${frenchPercent(hall.noShowShare * 100)} des rendez-vous, dont ${frenchPercent(hall.refilledShare * 100, 0)} redonnés à d’autres.`,
          },
        ]
      : []),
    ...(hall.handOverMinutes > 0
      ? [
          {
            title: 'Remise des titres',
            text: `${frenchNumber(hall.handOverMinutes, 1)} minutes par titre, prises sur les mêmes stations.`,
          },
        ]
      : []),
    { title: 'Capacité', text: `${frenchNumber(requests)} demandes par semaine ordinaire.` },
  ]
}

/** What walks a reader through a projection of waits, in French. */
export function explainWaits(projection: WaitProjection): ExplanationLine[] {
  const { halls, limitDays, sharedShare, paths } = projection
  const count = (reason: string) => halls.filter(hall => 'reason' in hall && hall.reason === reason).length
  const projected = halls.filter(hall => 'quarters' in hall)
  const walkIn = count('no-appointment')
  const closed = count('no-slots')
  const last = projection.meanOfRequests.at(-1)
  const pooled = projection.pooled.at(-1)
  return [
    {
      title: 'Calcul de l’attente',
      text: 'L’attente est le temps que les créneaux à venir, fermetures et mois d’août compris, mettent à recevoir les demandes déjà prises ; ce n’est pas le nombre de demandes divisé par la cadence du moment.',
    },
    {
      title: 'Mairies',
      text: `${frenchCount(projected.length, 'mairie')} projetée${projected.length < 2 ? '' : 's'} sur ${frenchCount(paths, 'trajectoire')} de demande${walkIn > 0 ? ` ; ${frenchCount(walkIn, 'mairie')} sans rendez-vous, où l’attente est nulle par organisation, hors des moyennes` : ''}${closed > 0 ? ` ; ${frenchCount(closed, 'mairie')} sans créneau connu` : ''}.`,
    },
    ...(projected.some(hall => 'atLeast' in hall && hall.atLeast)
      ? [
          {
            title: 'Agendas complets',
            text: 'Là où l’agenda était complet, le départ est un minimum : l’attente réelle peut être plus longue.',
          },
        ]
      : []),
    ...(last === undefined || pooled === undefined || projected.length < 2
      ? []
      : [
          {
            title: 'Deux bornes',
            text: `Au ${longQuarter(last.quarter)}, ${sharedShare > 0 ? `si ${frenchPercent(sharedShare * 100, 0)} des usagers vont au plus court` : 'si chacun reste dans sa mairie'}, l’attente médiane moyenne serait de ${daysText(last.wait)} ; si tous les créneaux étaient mis en commun, de ${daysText(pooled.wait)}. ${sharingText(last.wait, pooled.wait)}`,
          },
        ]),
    ...projected.flatMap(hall => riskLine(hall, limitDays)),
  ]
}

/** Sharing only helps where some halls have slots to spare: it is not said to be worth what it is not. */
function sharingText(alone: PathBand, pooled: PathBand): string {
  const saved = (alone.median ?? Number.POSITIVE_INFINITY) - (pooled.median ?? Number.POSITIVE_INFINITY)
  return saved >= 0.5
    ? 'L’écart est ce que vaut une prise de rendez-vous commune.'
    : 'Une prise de rendez-vous commune n’y changerait donc presque rien : il manque des créneaux partout, ou nulle part.'
}

function riskLine(hall: HallProjection, limitDays: number): ExplanationLine[] {
  if ('reason' in hall || hall.probabilityEverOver === 0) return []
  const median = ({ wait }: { wait: PathBand }) => wait.median ?? Number.POSITIVE_INFINITY
  const worst = hall.quarters.reduce((a, b) => {
    const more = b.wait.probabilityOver - a.wait.probabilityOver
    return more > 0 || (more === 0 && median(b) > median(a)) ? b : a
  })
  return [
    {
      title: hall.hall,
      text: `Plus de ${frenchDays(limitDays, 0)} d’attente au moins un trimestre dans ${frenchPercent(hall.probabilityEverOver * 100, 0)} des trajectoires, surtout au ${longQuarter(worst.quarter)} (médiane ${daysText(worst.wait)}).`,
    },
  ]
}

function daysText({ median }: PathBand): string {
  return median === undefined ? 'plus que le calendrier connu des créneaux' : frenchDays(median, 0)
}
