import { createHash, randomBytes } from 'node:crypto'

/** A key that nobody guesses: 256 bits, in letters that an address or a header takes. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a key: its SHA-256, from which nobody goes back to 256 random bits. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
