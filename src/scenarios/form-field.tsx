/** What a cell of the form takes. */
export type FieldKind = 'text' | 'date' | 'number'

/** A labelled cell to type in, with its hint and its fault. */
export function Field({
  id,
  label,
  hint,
  name,
  value,
  fault,
  kind = 'text',
}: {
  id: string
  label: string
  hint?: string
  name: string
  value: string
  fault?: string | undefined
  kind?: FieldKind
}) {
  return (
    <div class={`fr-input-group filter${fault === undefined ? '' : ' fr-input-group--error'}`}>
      <label class="fr-label" for={`champ-${id}`}>
        {label}
        {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
      </label>
      <input
        class={fault === undefined ? 'fr-input' : 'fr-input fr-input--error'}
        id={`champ-${id}`}
        name={name}
        type={kind}
        value={value}
        {...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' })}
      />
      {fault !== undefined && (
        <p class="fr-error-text" id={`faute-${id}`}>
          {fault}
        </p>
      )}
    </div>
  )
}

/** A labelled menu, with its fault. */
export function Choice({
  id,
  label,
  name,
  value,
  fault,
  options,
}: {
  id: string
  label: string
  name: string
  value: string
  fault?: string | undefined
  options: readonly { value: string; label: string }[]
}) {
  return (
    <div class={fault === undefined ? 'fr-select-group' : 'fr-select-group fr-select-group--error'}>
      <label class="fr-label" for={`champ-${id}`}>
        {label}
      </label>
      <select
        class={fault === undefined ? 'fr-select' : 'fr-select fr-select--error'}
        id={`champ-${id}`}
        name={name}
        {...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' })}
      >
        {options.map(option => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      {fault !== undefined && (
        <p class="fr-error-text" id={`faute-${id}`}>
          {fault}
        </p>
      )}
    </div>
  )
}
