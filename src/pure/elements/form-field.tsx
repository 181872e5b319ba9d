import type { Child } from 'hono/jsx'
import { Alert } from './message.tsx'

/** What a cell of the form takes. */
export type FieldKind = 'text' | 'date' | 'number' | 'time' | 'password' | 'email' | 'datetime-local'

interface CellProps {
  /** The name, unless the page has another cell of that name. */
  id?: string
  label: string
  hint?: Child
  name: string
  value?: string | undefined
  fault?: string | undefined
  required?: boolean | undefined
}

/** Address of a field in its page, for a link to it. */
export function fieldAddress(id: string): string {
  return `champ-${id}`
}

/** A labelled cell to type in, with its hint and its fault; `rows` makes it as high, for text longer than a line. */
export function Field(
  given: CellProps & {
    kind?: FieldKind
    rows?: number
    limits?: { maxlength?: number; min?: number; max?: number; step?: string | undefined }
  },
) {
  const { kind = 'text', rows, limits, ...props } = given
  const { name, id = name, value, fault, required } = props
  const cell = {
    class: fault === undefined ? 'fr-input' : 'fr-input fr-input--error',
    id: fieldAddress(id),
    name,
    required,
    ...limits,
    ...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' as const }),
  }
  return (
    <div class={`fr-input-group filter${fault === undefined ? '' : ' fr-input-group--error'}`}>
      <FieldLabel {...props} />
      {rows === undefined ? (
        <input
          {...cell}
          type={kind}
          value={value}
          {...(kind === 'password' || kind === 'email' ? { autocomplete: 'off' } : {})}
        />
      ) : (
        <textarea {...cell} rows={rows}>
          {value}
        </textarea>
      )}
      <FieldFault {...props} />
    </div>
  )
}

/** A labelled menu, with its fault. */
export function Choice({
  options,
  ...props
}: CellProps & {
  /** `asks`: marks by which the style sheet shows what goes with a choice. */
  options: readonly { value: string; label: string; asks?: string }[]
}) {
  const { name, id = name, value, fault } = props
  return (
    <div class={`fr-select-group filter${fault === undefined ? '' : ' fr-select-group--error'}`}>
      <FieldLabel {...props} />
      <select
        class={fault === undefined ? 'fr-select' : 'fr-select fr-select--error'}
        id={fieldAddress(id)}
        name={name}
        {...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' })}
      >
        {options.map(option => (
          <option value={option.value} class={option.asks} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <FieldFault {...props} />
    </div>
  )
}

/** The button that sends a form. */
export function Submit({ children }: { children?: Child }) {
  return (
    <button class="fr-btn" type="submit">
      {children}
    </button>
  )
}

/** A fault; `id` names the field that it leads to. */
interface FieldFaultLink {
  id?: string
  text: string
}

/** What is to be mended in a form, said before it and spoken at once: each fault leads to its field. */
export function FaultSummary({ title, faults }: { title: string; faults: readonly FieldFaultLink[] }) {
  if (faults.length === 0) return null
  return (
    // The reader who sent the form starts from what is wrong.
    <div id="fautes" role="alert" tabindex={-1} autofocus>
      <Alert kind="error" title={title}>
        <FaultList faults={faults} />
      </Alert>
    </div>
  )
}

/** What keeps a form from being measured, each fault leading to its field. */
export function FaultList({ faults }: { faults: readonly FieldFaultLink[] }) {
  return (
    <ul>
      {faults.map(({ id, text }) => (
        <li>{id === undefined ? text : <a href={`#${fieldAddress(id)}`}>{text}</a>}</li>
      ))}
    </ul>
  )
}

function FieldLabel({ name, id = name, label, hint }: CellProps) {
  return (
    <label class="fr-label" for={fieldAddress(id)}>
      {label}
      {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
    </label>
  )
}

function FieldFault({ name, id = name, fault }: CellProps) {
  if (fault === undefined) return null
  return (
    <p class="fr-error-text" id={`faute-${id}`}>
      {fault}
    </p>
  )
}
