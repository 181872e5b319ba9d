import type { Role } from './identity.ts'

/** What a route receives besides a question: a file read whole, or one of any length received piece by piece. */
export type Brings = 'file' | 'long-file'

/** How much one request may bring. */
export interface BodyBound {
  bytes: number
  /** Received piece by piece and never held whole: its length need not be told beforehand. */
  streams: boolean
  remedy: string
}

const KIB = 1024
const MIB = 1024 * KIB
const GIB = 1024 * MIB

/** A scenario or a plan takes a few kilobytes; nobody unknown asks more than to leave. */
const QUESTION_BYTES: Record<Role, number> = {
  public: 16 * KIB,
  'town-hall': MIB,
  cert: MIB,
  prefecture: MIB,
  administrator: MIB,
}

/** A table holds 10 MB at most; outlines of communes, which a prefecture and an administrator bring, five times that. */
const FILE_BYTES: Record<Role, number> = {
  public: 0,
  'town-hall': 16 * MIB,
  cert: 16 * MIB,
  prefecture: 50 * MIB,
  administrator: 50 * MIB,
}

const LONG_FILE_BYTES = 4 * GIB

/** What somebody may bring to a route. */
export function bodyBound(role: Role, brings: Brings | undefined): BodyBound {
  if (brings === 'long-file')
    return { bytes: LONG_FILE_BYTES, streams: true, remedy: 'Le fichier dépasse 4 Go : coupez-le.' }
  if (brings === 'file') {
    const bytes = FILE_BYTES[role]
    return {
      bytes,
      streams: false,
      remedy: `Le fichier dépasse ${bytes / MIB} Mo : coupez-le, ou importez-le avec « npm run import -- FICHIER ».`,
    }
  }
  const bytes = QUESTION_BYTES[role]
  const size = bytes < MIB ? `${bytes / KIB} Ko` : `${bytes / MIB} Mo`
  return {
    bytes,
    streams: false,
    remedy: `La demande dépasse ${size} : ce n’est pas une question posée ici.`,
  }
}
