import type { Child } from 'hono/jsx'
import { Link } from './links.tsx'
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

/** What became of a form that was sent: what was done, or why `refused`. */
export function Outcome(props: { done: string | undefined; refused: string; fault: string | undefined }) {
  const { done, refused, fault } = props
  return (
    <>
      {done !== undefined && <Alert kind="success" title={done} />}
      {fault !== undefined && (
        <Alert kind="error" title={refused}>
          <p>{fault}</p>
        </Alert>
      )}
    </>
  )
}

interface Unfolding {
  id?: string
  open?: boolean
  printed?: boolean | 'on-two-sheets'
  children: Child
}

/**
 * Text that a reader may unfold; native, so that it opens without JavaScript. `printed` unfolds it on paper, and
 * `on-two-sheets` even on that of a page that holds on two sheets.
 */
export function Details({ summary, ...rest }: Unfolding & { summary: string }) {
  return <Unfolded {...rest} summary={summary} class="fold" />
}

/** A part of a page under its heading, which unfolds it; native as well. */
export function Fold({ heading, ...rest }: Unfolding & { heading: string }) {
  return <Unfolded {...rest} summary={<h2>{heading}</h2>} class="fold fold-part" />
}

function Unfolded(props: Unfolding & { summary: Child; class: string }) {
  const { summary, class: own, id, open, printed, children } = props
  return (
    <details
      class={[own, printed && 'fold-printed', printed === 'on-two-sheets' && printed]
        .filter(Boolean)
        .join(' ')}
      id={id}
      open={open}
      data-printed={printed ? true : undefined}
    >
      <summary>{summary}</summary>
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
          <Link to={action.href}>{action.label}</Link>
        </p>
      )}
    </div>
  )
}
