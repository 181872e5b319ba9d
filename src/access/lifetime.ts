/** A session ends after thirty minutes without any request. */
export const SESSION_IDLE_MINUTES = 30
/** A session ends twelve hours after the sign-in, as that of ProConnect does. */
export const SESSION_HOURS = 12
/** A person has ten minutes to sign in at the provider. */
export const SIGN_IN_MINUTES = 10
/** Lives that a token may have, in days. */
export const TOKEN_DAYS = [7, 30, 90, 365] as const
/** The security log forgets after a year (CNIL, recommendation on logging of October 2021: six to twelve months). */
export const SECURITY_LOG_MONTHS = 12
/** Age of a sign-in that may still publish, in minutes. */
export const RECENT_MINUTES = 60
