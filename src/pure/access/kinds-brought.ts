import type { Role } from './identity.ts'

const BY_TOWN_HALLS = [
  'applications',
  'appointment-waits',
  'appointments',
  'town-halls',
  'opening-hours',
  'closures',
] as const
const BY_CERTS = ['issuance-delays', 'titles-issued', 'indicators', 'cert-capacity', 'events'] as const

/** A kind of file that a role short of all of them brings. */
export type KindBrought = (typeof BY_TOWN_HALLS)[number] | (typeof BY_CERTS)[number]

/**
 * Kinds of files that each role brings; a prefecture and an administrator, who are not here, bring any. The same rule in
 * SQL: `vigie_may_bring`.
 */
export const KINDS_BROUGHT: Partial<Record<Role, readonly KindBrought[]>> = {
  public: [],
  'town-hall': BY_TOWN_HALLS,
  cert: BY_CERTS,
}
