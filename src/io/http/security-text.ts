import type { Context } from 'hono'
import { Refusal } from '../../errors.ts'
import { paths } from '../../pure/access/paths.ts'
import { addDays, type Day } from '../../pure/calendar/day.ts'

const VALID_DAYS = 180

interface Ground {
  securityContact?: string | undefined
  signIn?: { publicUrl: string } | undefined
  today: () => Day
}

/** Whom to tell of a weakness (RFC 9116). @throws Refusal when nobody was named. */
export function securityText(c: Context, { securityContact, signIn, today }: Ground): Response {
  if (securityContact === undefined)
    throw new Refusal('not-found', 'Aucun contact de sécurité n’est réglé (SECURITY_CONTACT).')
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${addDays(today(), VALID_DAYS)}T00:00:00.000Z`,
    'Preferred-Languages: fr, en',
    ...(signIn === undefined ? [] : [`Canonical: ${signIn.publicUrl}${paths.securityText()}`]),
  ]
  return c.text(`${lines.join('\n')}\n`)
}
