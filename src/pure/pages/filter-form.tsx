import { useContext } from 'hono/jsx'
import type { Quarter } from '../calendar/period.ts'
import { Submit } from '../elements/form-field.tsx'
import { PageReading } from '../elements/page-reading.tsx'
import { shortQuarter } from '../french/french.ts'
import { choicesOf } from './kept-choice.ts'

/** A choice offered above numbers, kept in the address. */
export interface Filter {
  name: string
  label: string
  options: readonly { value: string; label: string }[]
  value: string
}

interface FilterFormProps {
  action: string
  filters: readonly Filter[]
  /** Parameters of the address that the form does not show but keeps. */
  kept?: Readonly<Record<string, string>>
  submit?: string
  /** Whether nothing stands in the quarters asked for: all are shown. */
  missed?: boolean
}

/** Choices that change what a page shows: a plain GET form, so that the address can be kept and sent. */
export function FilterForm(props: FilterFormProps) {
  const { action, filters, kept = {}, submit = 'Afficher', missed = false } = props
  // What was chosen on another page, and that this one does not show, is kept as well.
  const elsewhere = [...choicesOf(useContext(PageReading)?.query ?? '', {})].filter(
    ([name]) => !(name in kept) && !filters.some(filter => filter.name === name),
  )
  if (filters.length === 0) return null
  return (
    <form class="filters no-print" method="get" action={action}>
      {[...Object.entries(kept), ...elsewhere].map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {filters.map(filter => {
        const id = `filtre-${filter.name}`
        return (
          <div class="fr-select-group filter">
            <label class="fr-label" for={id}>
              {filter.label}
            </label>
            <select class="fr-select" id={id} name={filter.name}>
              {filter.options.map(option => (
                <option value={option.value} selected={option.value === filter.value}>
                  {option.label}
                </option>
              ))}
            </select>
          </div>
        )
      })}
      <Submit>{submit}</Submit>
      {missed && (
        <p class="filters-note">Rien n’est connu ici pour les trimestres choisis : tous sont montrés.</p>
      )}
    </form>
  )
}

/** Choice of the place whose numbers are shown. */
export function placeFilter(
  shown: { code: string; name: string },
  places: readonly { code: string; name: string }[],
): Filter {
  const known = places.some(place => place.code === shown.code) ? places : [shown, ...places]
  return {
    name: 'place',
    label: 'Lieu',
    value: shown.code,
    options: known.map(({ code, name }) => ({ value: code, label: name })),
  }
}

/** Choice of the first and the last quarter shown, both included; none where no quarter is known. */
export function quarterFilters(from: Quarter, to: Quarter, quarters: readonly Quarter[]): Filter[] {
  const known = [...new Set([from, ...quarters, to])].filter(quarter => quarter !== '').sort()
  if (known.length === 0) return []
  const options = known.map(quarter => ({ value: quarter, label: shortQuarter(quarter) }))
  return [
    { name: 'from', label: 'Du trimestre', value: from, options },
    { name: 'to', label: 'Au trimestre', value: to, options },
  ]
}
