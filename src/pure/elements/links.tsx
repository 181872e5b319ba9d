import type { Child } from 'hono/jsx'
import type { NamedLink } from './named-link.ts'

/** A link in DSFR's own letter. */
export function Link({ to, children }: { to: string; children?: Child }) {
  return (
    <a class="fr-link" href={to}>
      {children}
    </a>
  )
}

/** Links under one another. */
export function Links({ to, class: name }: { to: readonly NamedLink[]; class?: string }) {
  return (
    <ul class={name}>
      {to.map(({ label, href }) => (
        <li>
          <Link to={href}>{label}</Link>
        </li>
      ))}
    </ul>
  )
}
