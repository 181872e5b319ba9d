import { addYears, type Day } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import type { Title } from '../../pure/law/title.ts'
import { type Context, column } from '../cells/column.ts'
import { flawed, quoted, type Reading } from '../cells/fault.ts'
import { communeIn, readHall } from '../cells/hall-cell.ts'
import { nameKey } from '../cells/name.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import { readTitle } from '../cells/word-cell.ts'
import { countedKind } from '../file-kind.ts'
import { type AppointmentRow, appointmentFigures, type Outcome } from './appointment-figures.ts'

const OUTCOMES: readonly (readonly [Outcome, RegExp])[] = [
  ['cancelled', /annul|revoqu|(?<!non)excus|supprim|cancel|decommand|deplac|reporte/],
  ['absent', /absen|nonhonore|nonvenu|pasvenu|manque|noshow|lapin|nonpresent/],
  ['seen', /honore|^vue?$|seen|venu|present|recu|termin|realise|effectue|traite|cloture|servi/],
]

function readOutcome(text: string): Reading<Outcome> {
  const key = nameKey(text)
  return { value: OUTCOMES.find(([, words]) => words.test(key))?.[0] ?? 'unknown' }
}

/** What a reason asks for, `undefined` when it is no request of a card or a passport: what is handed over was asked for before. */
function readReason(text: string, context: Context): Reading<{ title: Title | undefined; text: string }> {
  const read = readTitle(text, { ...context, suggesting: false })
  if ('value' in read) return { value: { title: read.value, text } }
  const key = nameKey(text)
  const handedOver = /retrait|remise|recuper|livraison/.test(key)
  const card =
    /cartenationale|cartedidentite|cartesdidentite|cartenatidentite|cni|pieceidentite|carteidentite/.test(key)
  const passport = /passeport|passport/.test(key)
  const title =
    handedOver || !(card || passport)
      ? undefined
      : card && passport
        ? 'cni-passport'
        : card
          ? 'cni'
          : 'passport'
  return { value: { title, text } }
}

/** Reads a day with or without its hour: `12/01/2026`, `2026-01-12 14:30`, `12/01/2026 à 14h30`, `46034`. */
function readMoment(text: string): Reading<Day> {
  const bare = text.replace(
    /(?:[T\s]+|\s+à\s+)\d{1,2}\s?[:h]\s?\d{0,2}(?:[:.]\d+)*\s*(?:Z|[+-]\d{2}:?\d{2})?$/i,
    '',
  )
  const weekdayless = bare.replace(/^(?:lun|mar|mer|jeu|ven|sam|dim)\p{L}*\.?,?\s+/iu, '')
  const read = parsePeriod(weekdayless.trim())
  return read?.granularity !== 'day'
    ? flawed(
        'invalid-day',
        `${quoted(text)} n’est pas un jour du calendrier.`,
        'Écrivez le jour sous la forme 2022-04-05 ou 05/04/2022.',
      )
    : { value: read.period }
}

function readBooking(text: string, { today }: Context): Reading<Day> {
  const read = readMoment(text)
  if ('flaw' in read) return read
  return read.value > today || read.value < addYears(today, -30)
    ? flawed(
        'future-day',
        `${quoted(text)} n’est pas un jour passé (nous sommes le ${frenchDay(today)}).`,
        'Corrigez ce jour : une prise de rendez-vous a eu lieu.',
      )
    : read
}

/** Appointments one by one, as booking software exports them: only what they amount to is ever stored. */
export const appointments = countedKind({
  label: 'Rendez-vous, un par ligne',
  description:
    'Export d’un logiciel de rendez-vous : demandes par mois, attente de la prise au rendez-vous, absences, usagers d’ailleurs. Aucune ligne n’en est gardée, ni aucun nom.',
  columns: {
    booked: column('pris le', 'always', readBooking, {
      aliases: `booked | date de prise | date prise | date prise rdv | date de prise de rdv
        | date de prise de rendez-vous | date de réservation | réservé le | créneau réservé le | date de création | créé le
        | date saisie | date de saisie | saisi le
        | date de création du rdv | date de création du rendez-vous | created at`,
      description: 'Jour où le rendez-vous a été pris.',
      example: '2022-02-01',
    }),
    held: column('rendez-vous le', 'always', readMoment, {
      aliases: `held | date rdv | date du rdv | date de rdv | date du rendez-vous | date de rendez-vous
        | date rendez-vous | jour du rdv | jour du rendez-vous | rdv le
        | date du créneau | date de début | début | date | starts at`,
      description: 'Jour du rendez-vous.',
      example: '2022-02-15',
    }),
    place: column('mairie', 'unless-default-place', readHall, {
      aliases:
        'lieu | commune | site | guichet | centre | lieu du rdv | lieu du rendez-vous | lieu de rendez-vous | code insee | insee',
      description: 'Mairie du rendez-vous, par son nom, son adresse ou le code INSEE de sa commune.',
      example: '16015',
    }),
    reason: column('motif', 'always', readReason, {
      aliases: `reason | titre | prestation | objet | type de rdv | type de rendez-vous | motif du rdv
        | motif du rendez-vous | démarche | type de démarche | service | intervention`,
      description: 'Ce qui est demandé : carte d’identité, passeport, ou les deux.',
      example: 'Passeport',
      freeText: true,
    }),
    outcome: column('statut', 'optional', readOutcome, {
      aliases:
        'status | état | état du rdv | état rdv | statut rdv | état du rendez-vous | statut du rdv | statut du rendez-vous | présence',
      description: 'Honoré, absent, annulé.',
      example: 'honoré',
      freeText: true,
    }),
    residence: column(
      'commune de résidence',
      'optional',
      (text, context) => ({ value: residenceIn(text, context) }),
      {
        aliases: 'residence | commune de l’usager | commune usager | ville de l’usager | domicile',
        description: 'Commune où vit l’usager, par son nom ou son code INSEE.',
        example: '16102',
        freeText: true,
      },
    ),
  },
  examples: [
    {
      booked: '2022-01-31',
      held: '2022-02-01',
      place: '16015',
      reason: 'CNI',
      outcome: 'honoré',
      residence: '16015',
    },
    {
      booked: '2022-02-01',
      held: '2022-02-15',
      place: '16015',
      reason: 'Passeport',
      outcome: 'honoré',
      residence: '16102',
    },
    {
      booked: '2022-02-28',
      held: '2022-03-31',
      place: '16015',
      reason: 'CNI et passeport',
      outcome: 'absent',
    },
  ],
  row({ booked, held, place, reason, outcome, residence }, line): AppointmentRow {
    return {
      line,
      bookedOn: booked,
      heldOn: held,
      place,
      title: reason.title,
      reason: reason.text,
      outcome: outcome ?? 'unknown',
      residence,
    }
  },
  // Two people may book on the same day for the same day.
  subject: ({ line }) => ({ key: String(line), words: `la ligne ${line}` }),
  content: ({ bookedOn, heldOn }) => [bookedOn, heldOn],
  checkRows(rows, log) {
    if (rows.length === 0 || rows.some(({ title }) => title !== undefined)) return
    const reasons = [...new Set(rows.map(({ reason }) => reason))].slice(0, 5)
    log.add({
      line: rows[0]!.line,
      ...flawed(
        'unknown-title',
        `Aucun motif n’est une demande de carte d’identité ou de passeport : ${reasons.map(quoted).join(', ')}.`,
        'Écrivez CNI, passeport ou « CNI et passeport » comme motif, ou donnez le titre de tous les rendez-vous à l’envoi (title=cni-passport) en laissant de côté la colonne du motif.',
      ).flaw,
    })
  },
  figures: appointmentFigures,
})

function residenceIn(text: string, context: Context): string | undefined {
  const code = /^(\d{5}|2[AB]\d{3})$/i.test(text) ? text.toUpperCase() : undefined
  if (code !== undefined && context.knownCommunes(code).state === 'current') return code
  return communeIn(text, { ...context, defaultPlace: undefined })
}
