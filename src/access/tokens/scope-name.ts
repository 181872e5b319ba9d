import type { Scope } from '../../pure/access/identity.ts'

/** What each scope lets a program do, in words. */
export const SCOPE_NAMES: Record<Scope, string> = {
  read: 'Lire',
  imports: 'Lire et importer',
  everything: 'Tout ce que permet mon compte',
}
