import type { Day } from '../calendar/day.ts'
import { firstDay, lastDay, type Quarter } from '../calendar/period.ts'
import { Alert } from '../elements/message.tsx'
import { frenchDay } from '../french/french.ts'

/** A dated fact that came after the start of a projection. */
export interface LaterFact {
  day: Day
  label: string
  source: string
}

/** A projection that starts in the past, for want of a recent figure: its span, and what came since. */
export interface PastStart {
  from: Day
  to: Day
  /** Whether the whole of it is over. */
  over: boolean
  since: readonly LaterFact[]
}

/** Whether a projection starts before the quarter of `today`; `undefined` when it starts now. */
export function pastStart(
  quarters: readonly Quarter[],
  today: Day,
  facts: readonly LaterFact[],
): PastStart | undefined {
  const [first] = quarters
  const last = quarters.at(-1)
  if (first === undefined || last === undefined || lastDay(first) >= today) return undefined
  const from = firstDay(first)
  return {
    from,
    to: lastDay(last),
    over: lastDay(last) < today,
    since: facts.filter(fact => fact.day >= from && fact.day <= today),
  }
}

/** Warns, before its numbers, that a projection starts in the past and knows nothing decided since. */
export function PastStartNotice({ start, remedy }: { start: PastStart; remedy: string }) {
  return (
    <Alert
      kind="warning"
      level={3}
      title={
        start.over
          ? 'Ce calcul porte sur une période écoulée : il ne dit rien d’aujourd’hui'
          : 'Ce calcul part d’un chiffre ancien'
      }
    >
      <p>
        Il va du {frenchDay(start.from)} au {frenchDay(start.to)}, à partir du dernier chiffre publié, et
        montre ce qui serait arrivé si rien n’avait été décidé. {remedy}
      </p>
      {start.since.length > 0 && (
        <>
          <p>Ce qui a changé depuis, et qu’il ignore :</p>
          <ul>
            {start.since.map(fact => (
              <li>
                {frenchDay(fact.day)} : {fact.label} ({fact.source})
              </li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  )
}

/** The heading of a projection at constant means, in the tense that its dates ask for. */
export function unchangedHeading(start: PastStart | undefined): string {
  return start?.over ? 'Si rien n’avait changé' : 'Si rien ne change'
}
