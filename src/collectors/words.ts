import type { DailyReading } from '../imports/source-watch.tsx'
import { paths } from '../pure/access/paths.ts'
import { frenchDay, frenchInstant } from '../pure/french/french.ts'
import { CAUSES, type Cause, nextReading } from './collector.ts'
import type { Collector, ReadingState, ReadingSummary } from './collector-answer.ts'

const STATE_WORDS: Record<ReadingState, string> = {
  running: 'lecture en cours',
  read: 'tout a été lu',
  partial: 'lu en partie',
  unreachable: 'rien n’a pu être lu',
  refused: 'réponse refusée',
  interrupted: 'lecture interrompue',
}

/** What became of a reading, and why: `rien n’a pu être lu : le serveur est en panne`. */
export function stateWords({ state, cause }: { state: ReadingState; cause: Cause | null }): string {
  return cause === null ? STATE_WORDS[state] : `${STATE_WORDS[state]} : ${CAUSES[cause].words}`
}

/** What became of a reading and what to do about it; `undefined` when nothing went wrong. */
export function remedyWords(
  reading: Pick<ReadingSummary, 'state' | 'cause' | 'invalidPoints'>,
): string | undefined {
  const { state, cause, invalidPoints } = reading
  if (cause !== null) return `${stateWords(reading)} ; ${CAUSES[cause].remedy}`
  if (state === 'interrupted')
    return 'le service s’est arrêté pendant la lecture ; il la recommence dans l’heure'
  return invalidPoints === 0
    ? undefined
    : `${droppedWords(invalidPoints)} ; demandez à l’éditeur d’y mettre identifiant, nom, code postal, ville et position`
}

/** How many points of an answer could not be read. */
export function droppedWords(points: number): string {
  const s = points > 1 ? 's' : ''
  return `${points} point${s} illisible${s}, laissé${s} de côté`
}

/** The last reading of a collector in words. */
export function lastReadingWords(reading: ReadingSummary | null): string {
  return reading === null
    ? 'jamais lu'
    : `${frenchInstant(reading.endedAt ?? reading.startedAt)}, ${stateWords(reading)}`
}

/** A moment on the clocks of Paris in words: `le 30 novembre 2026 à partir de 6 h`. */
export function nextReadingWords(next: string | undefined): string {
  if (next === undefined) return 'en pause'
  const [hours, minutes] = [Number(next.slice(11, 13)), next.slice(14, 16)]
  return `le ${frenchDay(next.slice(0, 10))} à partir de ${hours} h${minutes === '00' ? '' : ` ${minutes}`}`
}

/** A collector as the page of data tells it; `now` is on the clocks of Paris. */
export function dailyReading(collector: Collector, now: string): DailyReading {
  const { id, name, lastReading, lastRead } = collector
  return {
    name,
    href: paths.collector({ id }),
    last: lastReadingWords(lastReading),
    next: nextReadingWords(nextReading(collector, now)),
    failure: failureWords(lastReading, lastRead),
  }
}

function failureWords(reading: ReadingSummary | null, lastRead: string | null): string | undefined {
  const words = reading?.message ?? undefined
  if (words === undefined || reading?.state === 'partial' || reading?.state === 'read') return words
  return `${words} (${lastRead === null ? 'jamais lu jusqu’ici' : `dernier lu ${frenchInstant(lastRead)}`})`
}
