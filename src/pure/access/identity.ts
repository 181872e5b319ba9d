/** Who may act, from the least to the most: a code for programs, PostgreSQL and settings. */
export const ROLES = ['public', 'town-hall', 'cert', 'prefecture', 'administrator'] as const

/** Code of a role. */
export type Role = (typeof ROLES)[number]

/** French name of each role, as pages and the documentation write it. */
export const ROLE_NAMES: Record<Role, string> = {
  public: 'Public',
  'town-hall': 'Mairie',
  cert: 'CERT',
  prefecture: 'Préfecture',
  administrator: 'Administrateur',
}

/** Whether a text is the code of a role. */
export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

/** What a token may do of what its account may: read, read and import, or all of it. */
export const SCOPES = ['read', 'imports', 'everything'] as const

/** Code of a scope. */
export type Scope = (typeof SCOPES)[number]

/** What each scope lets a program do, in words. */
export const SCOPE_NAMES: Record<Scope, string> = {
  read: 'Lire',
  imports: 'Lire et importer',
  everything: 'Tout ce que permet mon compte',
}

/** Who asks: a role, the place that it answers for, and the account that acts in its name. */
export interface Identity {
  role: Role
  /** INSEE code of a town hall, department of a CERT or a prefecture; empty for the others. */
  place: string
  /** Name under which what is done is kept: the number of an account, or `local`. */
  account: string
  name: string
  /** What it may do of what its role may. */
  scope: Scope
  /** How long ago this session was signed in to; nothing for a token, which never was. */
  signedInSeconds?: number
}

/** Somebody who has not signed in. */
export const ANYBODY: Identity = { role: 'public', place: '', account: '', name: '', scope: 'everything' }

/** The only user of a service that listens to its own machine and knows no sign-in. */
export const LOCAL_ADMINISTRATOR: Identity = {
  role: 'administrator',
  place: '',
  account: 'local',
  name: 'Administrateur local',
  scope: 'everything',
}

/**
 * Whether somebody writes for a place: a town hall for its own commune, a CERT and a prefecture for their department and
 * its communes, an administrator for any. `parent` is the department of a commune. The same rule in SQL:
 * `vigie_answers_for`.
 */
export function answersFor({ role, place }: Identity, code: string, parent: string | undefined): boolean {
  if (role === 'administrator') return true
  if (role === 'public' || place === '') return false
  return code === place || (role !== 'town-hall' && parent === place)
}
