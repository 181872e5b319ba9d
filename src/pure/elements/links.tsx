import type { NamedLink } from './named-link.ts'

/** Links under one another. */
export function Links({ to, class: name }: { to: readonly NamedLink[]; class?: string }) {
  return (
    <ul {...(name === undefined ? {} : { class: name })}>
      {to.map(({ label, href }) => (
        <li>
          <a class="fr-link" href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  )
}
