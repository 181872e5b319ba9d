import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refusal } from '../../errors.ts'

/** Largest file accepted over HTTP, in bytes; larger ones go through the command line. */
const LARGEST_FILE = 50 * 1024 * 1024
/** Largest question: a scenario or a plan takes a few kilobytes. */
const LARGEST_QUESTION = 1024 * 1024
/** Largest file received piece by piece, which no memory has to hold. */
const LONGEST_FILE = 4 * 1024 * 1024 * 1024
/** Where a file is received piece by piece. */
export const TAKES_LONG_FILES = '/api/imports/long'
const TAKES_FILES = ['/api/imports', '/donnees']

/** Bounds what a request may bring, announced or not: a file where files are received, a question elsewhere. */
export function boundedBodies(): MiddlewareHandler {
  const file = bodyLimit({
    maxSize: LARGEST_FILE,
    onError: () => {
      throw new Refusal(
        'body-too-large',
        'Le fichier dépasse 50 Mo : coupez-le, ou importez-le avec « npm run import -- FICHIER ».',
      )
    },
  })
  const question = bodyLimit({
    maxSize: LARGEST_QUESTION,
    onError: () => {
      throw new Refusal('body-too-large', 'La demande dépasse 1 Mo : ce n’est pas une question posée ici.')
    },
  })
  const long = bodyLimit({
    maxSize: LONGEST_FILE,
    onError: () => {
      throw new Refusal('body-too-large', 'Le fichier dépasse 4 Go : coupez-le.')
    },
  })
  return (c, next) =>
    c.req.path === TAKES_LONG_FILES
      ? long(c, next)
      : (TAKES_FILES.includes(c.req.path) ? file : question)(c, next)
}
