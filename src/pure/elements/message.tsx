import type { Child } from 'hono/jsx'
import type { NamedLink } from './named-link.ts'

interface AlertProps {
  kind: 'info' | 'success' | 'warning' | 'error'
  title: string
  /** Level of the title among those of the page. */
  level?: 2 | 3 | 4
  children?: Child
}

/** A message in the page: what happened, or what to beware of. */
export function Alert({ kind, title, level = 2, children }: AlertProps) {
  const Title = `h${level}` as const
  return (
    <div class={`fr-alert fr-alert--${kind}`}>
      <Title class="fr-alert__title">{title}</Title>
      {children}
    </div>
  )
}

/** Text that a reader may unfold; native, so that it opens without JavaScript. `printed` unfolds it on paper. */
export function Details({
  summary,
  open,
  printed,
  children,
}: {
  summary: string
  open?: boolean
  printed?: boolean
  children: Child
}) {
  return (
    <details class={printed ? 'fold fold-printed' : 'fold'} open={open} data-printed={printed}>
      <summary>{summary}</summary>
      <div class="fold-body">{children}</div>
    </details>
  )
}

/** A part of a page under its heading, which unfolds it; native as well. */
export function Fold({
  heading,
  id,
  printed,
  children,
}: {
  heading: string
  id?: string
  printed?: boolean
  children: Child
}) {
  return (
    <details
      class={printed ? 'fold fold-part fold-printed' : 'fold fold-part'}
      id={id}
      data-printed={printed}
    >
      <summary>
        <h2>{heading}</h2>
      </summary>
      <div class="fold-body">{children}</div>
    </details>
  )
}

/** Where numbers will stand: why there are none yet, and what brings them. */
export function EmptyState({ title, reason, action }: { title: string; reason: Child; action?: NamedLink }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      <p>{reason}</p>
      {action !== undefined && (
        <p>
          <a class="fr-link" href={action.href}>
            {action.label}
          </a>
        </p>
      )}
    </div>
  )
}
