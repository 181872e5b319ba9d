import type { Child } from 'hono/jsx'
import type { Day } from '../calendar/day.ts'
import type { Status } from '../figures/measure.ts'
import type { Method } from '../figures/quarterly-series.ts'
import { dayWord, frenchBareQuantity, frenchDay, frenchQuantity, type Quantity } from '../french/french.ts'

/** What is known of a value, in the words of the pages. */
export const STATUS_WORDS: Record<Status, string> = {
  observed: 'observé',
  derived: 'calculé',
  estimated: 'estimé',
  censored: 'au moins',
  'at-most': 'au plus',
  withdrawn: 'retiré',
}

/** A value as its status bounds it: `au plus 7`, `au moins 42 jours`; any other as it is. */
export function bounded(status: Status, value: string): string {
  return status === 'censored' || status === 'at-most' ? `${STATUS_WORDS[status]} ${value}` : value
}

/** How a value came from several, in the words of the pages. */
export const METHOD_WORDS: Record<Method, string> = {
  'as-published': 'tel que publié',
  'mean-of-quarters': 'moyenne des trimestres',
  'mean-of-days': 'moyenne des relevés quotidiens',
  'mean-of-months': 'moyenne simple des mois',
  'decision-weighted': 'moyenne pondérée par les décisions',
}

/** Says beside a value whether it was seen or modelled; the border differs too, not only the words. */
export function StatusTag({ status }: { status: Status }) {
  return <span class={`status status-${status}`}>{STATUS_WORDS[status]}</span>
}

interface KeyFigureProps {
  /** Which delay or count, of which place and period. */
  label: string
  /** `undefined` shows why there is no value. */
  value: number | undefined
  /** Why there is no value, when there is none. */
  missing?: string | undefined
  quantity: Quantity
  status: Status
  /** From when to when it is counted. */
  clock?: string | undefined
  /** The range of an estimate, with its chances in words. */
  range?: string | undefined
  /** What the number means: against the target, against last year. */
  comparison?: Child
  source: string
}

/** A key number that never goes without its nature, its clock and its source. */
export function KeyFigure(props: KeyFigureProps) {
  const { label, value, missing, quantity, status, clock, range, comparison, source } = props
  return (
    <div class="key-figure">
      <p class="key-figure-label">{label}</p>
      {value === undefined ? (
        <p class="key-figure-missing">{missing ?? 'non publié'}</p>
      ) : (
        <p class="key-figure-value">
          <span class="key-figure-number">{frenchBareQuantity(value, quantity)}</span>
          {quantity === 'day' && ` ${dayWord(value)}`}
          {quantity === 'percent' && '\u00a0%'} <StatusTag status={status} />
        </p>
      )}
      {range !== undefined && <p class="key-figure-range">{range}</p>}
      {comparison !== undefined && <p class="key-figure-comparison">{comparison}</p>}
      {clock !== undefined && <p class="key-figure-clock">Ce qui est mesuré&nbsp;: {clock}</p>}
      <p class="key-figure-source">Source&nbsp;: {source}</p>
    </div>
  )
}

/** Key numbers side by side, one under the other on a telephone. */
export function KeyFigures({ children }: { children: Child }) {
  return <div class="key-figures">{children}</div>
}

/** One of several values published for the same figure. */
export interface PublishedReading {
  value: number
  source: string
  publishedOn: Day
}

interface ConflictProps {
  /** Which figure: `Délai de délivrance, T2 2022`. */
  label: string
  quantity: Quantity
  kept: PublishedReading
  others: readonly PublishedReading[]
}

/** Two values published for one figure, that nothing replaced: both are shown, with the one retained and why. */
export function Conflict({ label, quantity, kept, others }: ConflictProps) {
  return (
    <div class="fr-alert fr-alert--warning fr-alert--sm conflict">
      <p>
        <strong>{label}&nbsp;: plusieurs valeurs publiées.</strong>
      </p>
      <ul>
        {[kept, ...others].map((reading, i) => (
          <li>
            <strong>{frenchQuantity(reading.value, quantity)}</strong>, {reading.source}, publié le{' '}
            {frenchDay(reading.publishedOn)}
            {i === 0 && ' – en vigueur, faute de révision déclarée'}
          </li>
        ))}
      </ul>
    </div>
  )
}
