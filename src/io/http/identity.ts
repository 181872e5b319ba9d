import type { Context } from 'hono'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR } from '../../pure/access/identity.ts'

const KEY = 'identity'

/** Cookie of a session: sent to this host alone, over TLS, out of the reach of scripts. */
export const SESSION_COOKIE = '__Host-vigie'

/** Notes who asks, for everything that answers the request. */
export function identify(c: Context, identity: Identity): void {
  c.set(KEY, identity)
}

/** Who asks. */
export function identityOf(c: Context): Identity {
  return c.get(KEY) ?? ANYBODY
}

/** Whether the only user is the one of this machine: nobody signs in, and nobody else is answered. */
export function isLocal(c: Context): boolean {
  return identityOf(c).account === LOCAL_ADMINISTRATOR.account
}

/** The place that what somebody brings is about unless it says otherwise: their own, or that of the service. */
export function homePlace(c: Context, department: string): string {
  return identityOf(c).place || department
}
