import type { Role } from './identity.ts'

/**
 * Kinds of files that each role brings; a prefecture and an administrator, who are not here, bring any. The same rule in
 * SQL: the policy `release_is_brought`.
 */
export const KINDS_BROUGHT: Partial<Record<Role, readonly string[]>> = {
  public: [],
  'town-hall': ['applications', 'appointment-waits', 'town-halls', 'opening-hours', 'closures'],
  cert: ['issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events'],
}
