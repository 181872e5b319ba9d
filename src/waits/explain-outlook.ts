import { firstDay } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchList,
  frenchNumber,
  frenchPercent,
  longQuarter,
  ofTown,
  shortQuarter,
} from '../pure/french/french.ts'
import { explainCapacity, explainWaits } from './explain.ts'
import { HALL_ASSUMPTIONS, MOST_QUARTERS, type ReadyHall, type WaitOutlook } from './wait-outlook.ts'
import type { WaitProjection } from './wait-projection.ts'

/** What walks a reader through a projection of waits: causes first, then what is supposed, then the numbers. */
export function explainOutlook(
  outlook: WaitOutlook,
  projection: WaitProjection,
  hall: ReadyHall | undefined,
): ExplanationLine[] {
  const { from, capacity } = outlook
  const last = capacity.readings.at(-1)
  const year = capacity.readings
  const shown =
    hall === undefined ? projection.halls : projection.halls.filter(one => one.hall === hall.insee)
  const named = new Map(outlook.halls.map(({ insee, name }) => [insee, name]))
  const walked = explainWaits({
    ...projection,
    halls: shown.map(one => ({ ...one, hall: named.get(one.hall) ?? one.hall })),
  })
  return [
    ...(last === undefined
      ? [
          {
            title: 'Pourquoi',
            text: 'Une seule attente est connue : rien ne dit si elle montait ou descendait. Les créneaux sont supposés égaux aux demandes de l’année.',
          },
        ]
      : [
          {
            title: 'Pourquoi',
            text: `L’attente ${last.overload > 0.005 ? 'monte quand les demandes dépassent les créneaux' : 'baisse ou se tient quand les créneaux suffisent aux demandes'} : ${year.map(one => `${frenchGap(100 * one.overload)} % au ${shortQuarter(one.quarter)}`).join(', ')}. Sur cette période, les créneaux ont reçu environ ${frenchPercent(100 * slotsOverRequests(outlook), 0)} des demandes.`,
          },
        ]),
    {
      title: 'Point de départ',
      text: `${startText(outlook, hall)} La projection part du ${frenchDay(firstDay(from))}.`,
    },
    {
      title: 'Créneaux',
      text: `${capacityText(outlook, hall)} Ils sont tenus fixes : la projection dit ce qui arriverait si rien n’était décidé, ce n’est pas une prédiction. Au-delà de ${MOST_QUARTERS / 4} ans une capacité fixe n’a plus de sens : le calcul s’arrête là.`,
    },
    ...(hall !== undefined && hall.capacity === 'imported' ? explainCapacity(hall.hall) : []),
    // The department's page has a table of its halls: their sentences would only repeat it.
    ...walked.filter(line => hall !== undefined || ![...named.values()].includes(line.title)),
  ]
}

/** Every parameter of a projection of waits, with its origin. */
export function outlookParameters(
  outlook: WaitOutlook,
  projection: WaitProjection,
  hall: ReadyHall | undefined,
): StatedParameter[] {
  const { capacity, start, requestsPerWeek } = outlook
  const anyImplied =
    hall === undefined ? outlook.halls.some(one => one.capacity === 'implied') : hall.capacity === 'implied'
  const { minutesPerPerson, gapMinutes, stations, slotSpread } = HALL_ASSUMPTIONS
  return [
    {
      name: 'Attente de départ',
      value: hall?.startDays ?? start.days,
      unit: 'jours',
      status: 'observed',
      origin:
        hall === undefined
          ? `Attente du département au ${longQuarter(start.quarter)}`
          : startOrigin(outlook, hall),
    },
    {
      name: 'Créneaux du département',
      value: Math.round(requestsPerWeek),
      unit: 'demandes par semaine ordinaire',
      status: capacity.method === 'slope-of-waits' ? 'estimated' : 'assumed',
      origin:
        capacity.method === 'slope-of-waits'
          ? `Déduits des ${capacity.readings.length} dernières évolutions de l’attente et des demandes modélisées`
          : 'Hypothèse : créneaux égaux aux demandes des douze derniers mois, faute de deux attentes consécutives',
    },
    {
      name: 'Erreur sur ces créneaux',
      value: Math.round(1000 * capacity.spread) / 10,
      unit: '% (écart-type)',
      status: capacity.method === 'slope-of-waits' ? 'estimated' : 'assumed',
      origin:
        capacity.method === 'slope-of-waits'
          ? 'Dispersion des valeurs déduites de chaque trimestre'
          : 'Hypothèse, aucune source',
    },
    ...(anyImplied
      ? [
          {
            name: 'Écart entre la part des créneaux et la part des demandes d’une mairie',
            value: 100 * slotSpread.value,
            unit: '% (écart-type)',
            status: 'assumed' as const,
            origin: slotSpread.origin,
          },
        ]
      : []),
    {
      name: 'Durée d’une demande',
      value: minutesPerPerson.value,
      unit: 'minutes',
      status: 'assumed',
      origin: `${minutesPerPerson.origin}${anyImplied ? ' ; sans effet tant qu’aucun levier ne la change' : ''}`,
    },
    {
      name: 'Intervalle entre rendez-vous',
      value: gapMinutes.value,
      unit: 'minutes',
      status: 'assumed',
      origin: gapMinutes.origin,
    },
    ...(hall === undefined
      ? []
      : [
          {
            name: 'Stations',
            value: hall.hall.stations,
            unit: hall.hall.stations < 2 ? 'station' : 'stations',
            status: hall.stations === undefined ? ('assumed' as const) : ('observed' as const),
            origin: hall.stations === undefined ? stations.origin : 'Fichier « mairies » importé',
          },
        ]),
    {
      name: 'Attente minimale',
      value: 0,
      unit: 'jours',
      status: 'assumed',
      origin: 'Hypothèse : ni préavis ni choix de l’usager',
    },
    {
      name: 'Trajectoires de demande',
      value: projection.paths,
      unit: 'trajectoires',
      status: 'estimated',
      origin: 'Projection de la demande en cours',
    },
  ]
}

function slotsOverRequests({ capacity: { readings } }: WaitOutlook): number {
  const sum = (of: (reading: (typeof readings)[number]) => number) =>
    readings.reduce((all, one) => all + of(one), 0)
  return sum(one => one.slotsPerDay) / sum(one => one.requestsPerDay)
}

function startText(outlook: WaitOutlook, hall: ReadyHall | undefined): string {
  const { start } = outlook
  if (hall?.startFrom === 'none-by-design')
    return `${hall.name} reçoit sans rendez-vous : l’attente y est nulle par organisation.`
  if (hall?.startFrom === 'own')
    return `L’attente connue à ${hall.name} au ${longQuarter(start.quarter)} : ${frenchDays(hall.startDays, 0)}.`
  const department = `${frenchDays(start.days, 0)} au ${longQuarter(start.quarter)}, la dernière attente publiée pour le département`
  return hall === undefined
    ? `${department}.`
    : `Aucune attente n’est connue à ${hall.name} pour ce trimestre : elle part de ${department}.`
}

function startOrigin(outlook: WaitOutlook, hall: ReadyHall): string {
  const quarter = longQuarter(outlook.start.quarter)
  if (hall.startFrom === 'own') return `${hall.observed?.source ?? ''}, ${quarter}`
  return hall.startFrom === 'department'
    ? `Attente du département au ${quarter}, faute d’attente connue dans cette mairie`
    : 'Reçoit sans rendez-vous'
}

function capacityText(
  { capacity, halls, requestsPerWeek }: WaitOutlook,
  hall: ReadyHall | undefined,
): string {
  const imported = halls.filter(one => one.capacity === 'imported')
  const whole = `Le département offrirait environ ${frenchCount(round(requestsPerWeek), 'créneau', 'créneaux')} par semaine`
  const why =
    capacity.method === 'slope-of-waits'
      ? 'c’est ce qui explique les attentes publiées de la dernière année'
      : 'autant que de demandes'
  if (hall?.capacity === 'imported') return `Stations et horaires ${ofTown(hall.name)} importés.`
  const known =
    imported.length === 0
      ? 'Stations et horaires ne sont connus nulle part.'
      : `Stations et horaires sont connus à ${frenchList(imported.map(one => one.name))}.`
  return `${known} ${whole} : ${why}. ${hall === undefined ? 'Chaque mairie' : hall.name} en aurait une part proche de sa part des demandes, avec une incertitude (écart-type ${frenchNumber(100 * HALL_ASSUMPTIONS.slotSpread.value)} %) : une hypothèse.`
}

function round(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / unit) * unit
}
