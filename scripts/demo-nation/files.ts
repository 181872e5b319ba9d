import { addDays, type Day, daysBetween } from '../../src/pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, type Month, monthsBetween } from '../../src/pure/calendar/period.ts'
import { normal, type Random, seededRandom } from '../../src/pure/numerics/series/random.ts'
import type { DemoHall } from './network.ts'

/** Publisher of everything synthetic: pages show the source of each figure, so they show this. */
export const DEMO_SOURCE = 'Données synthétiques (démonstration, aucun chiffre réel)'

/** A file of the synthetic nation: its name, and its text piece by piece. */
export interface DemoFile {
  name: string
  kind: 'applications' | 'town-halls' | 'appointment-waits' | 'cert-capacity' | 'issuance-delays'
  rows: number
  pieces: () => Generator<string>
}

/** What is made up. */
export interface DemoOptions {
  halls: readonly DemoHall[]
  /** Halls that a real source already describes: they are not described again. */
  described: ReadonlySet<string>
  /** Last month, included. */
  lastMonth: Month
  years: number
  /** Months for which the wait of each hall is given, day by day, and the delay of each department. */
  waitMonths: number
  seed: number
}

/** Requests a year per inhabitant of the whole nation, about 5.5 and 4.5 million: the order of size of 2022. */
const YEARLY = { cni: 0.082, passport: 0.067 } as const
const TITLES = ['cni', 'passport'] as const
const ROWS_PER_PIECE = 20_000

/** The files of a synthetic nation. The same options give the same bytes, so that importing them twice is a no-op. */
export function demoFiles(options: DemoOptions): DemoFile[] {
  const { halls, lastMonth, years, waitMonths, seed, described } = options
  const head = (kind: DemoFile['kind'], header: string) =>
    [
      `# type : ${kind}`,
      `# source : ${DEMO_SOURCE}`,
      '# document : Nation synthétique',
      `# publié le : ${addMonths(lastMonth, 1)}-01`,
      `# note : Tirage de graine ${seed} sur les communes et populations réelles. Rien ici n’a été observé.`,
      header,
      '',
    ].join('\n')
  const months = monthsBetween(addMonths(lastMonth, 1 - 12 * years), lastMonth)
  const recent = monthsBetween(addMonths(lastMonth, 1 - waitMonths), lastMonth)
  const seen = daysOf(recent)
  const departments = [...new Set(halls.map(hall => hall.department))].sort()
  const undescribed = halls.filter(hall => !described.has(hall.insee))
  const file = (
    kind: DemoFile['kind'],
    header: string,
    rows: number,
    lines: () => Iterable<string>,
  ): DemoFile => ({
    name: `nation-synthetique-${kind}.csv`,
    kind,
    rows,
    *pieces() {
      let piece = head(kind, header)
      let count = 0
      for (const line of lines()) {
        piece += `${line}\n`
        count += 1
        if (count % ROWS_PER_PIECE === 0) {
          yield piece
          piece = ''
        }
      }
      if (piece !== '') yield piece
    },
  })
  return [
    file('town-halls', 'commune;stations;statut;origine', undescribed.length, () =>
      undescribed.map(
        ({ insee, inhabitants }) =>
          `${insee};${Math.max(1, Math.round((inhabitants * 0.149) / 3_000))};à confirmer;synthétique`,
      ),
    ),
    file(
      'applications',
      'mois;commune;titre;demandes;statut',
      halls.length * 2 * months.length,
      function* () {
        for (const hall of halls)
          for (const title of TITLES) {
            const random = seededRandom(seed + Number.parseInt(hall.insee, 36) * 2 + TITLES.indexOf(title))
            const counts = monthlyRequests(random, (hall.inhabitants * YEARLY[title]) / 12, months)
            for (const [i, month] of months.entries())
              yield `${month};${hall.insee};${title};${counts[i]};estimé`
          }
      },
    ),
    file('appointment-waits', 'jour;lieu;jours;horloge;statut', halls.length * seen.length, function* () {
      for (const hall of halls) {
        const random = seededRandom(seed + 7 * Number.parseInt(hall.insee, 36) + 3)
        let wait = 10 + 50 * random()
        for (const day of seen) {
          wait = Math.min(180, Math.max(0, wait + 1.1 * normal(random) + (30 - wait) * 0.0017))
          yield `${day};${hall.insee};${Math.round(wait)};premier créneau;estimé`
        }
      }
    }),
    file(
      'cert-capacity',
      'cert;titre;depuis;etpo;dossiers par jour et par agent',
      CERTS * years,
      function* () {
        const random = seededRandom(seed + 11)
        for (let cert = 1; cert <= CERTS; cert++)
          for (let year = 0; year < years; year++)
            yield `CERT synthétique ${cert};CNI et passeports;${months[12 * year]};${(20 + 30 * random()).toFixed(1)};60`
      },
    ),
    file(
      'issuance-delays',
      'mois;lieu;titre;jours;statut',
      departments.length * recent.length * 2,
      function* () {
        for (const [i, department] of departments.entries()) {
          const random = seededRandom(seed + 13 * i + 5)
          for (const month of recent)
            for (const title of TITLES)
              yield `${month};${department};${title};${(12 + 6 * random()).toFixed(1)};estimé`
        }
      },
    ),
  ]
}

const CERTS = 24

function daysOf(months: readonly Month[]): Day[] {
  const first = firstDay(months[0]!)
  return Array.from({ length: daysBetween(first, lastDay(months.at(-1)!)) + 1 }, (_, i) => addDays(first, i))
}

/** Counts by month: level, slow growth, a summer peak, the lockdown of 2020, noise; never below zero. */
function monthlyRequests(random: Random, level: number, months: readonly Month[]): number[] {
  const growth = 0.01 + 0.01 * normal(random)
  return months.map((month, i) => {
    const season = 1 + 0.28 * Math.sin((2 * Math.PI * (Number(month.slice(5)) - 2)) / 12)
    const closed = month === '2020-04' ? 0.05 : month === '2020-05' ? 0.3 : 1
    const mean =
      level * season * closed * Math.exp(growth * ((i - months.length) / 12) + 0.05 * normal(random))
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  })
}
