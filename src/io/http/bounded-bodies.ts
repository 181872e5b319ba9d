import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../../errors.ts'
import type { BodyBound } from '../../pure/access/body-bound.ts'

/**
 * Bounds what an admitted request may bring, before any byte of it is read: nothing of a refused request is ever held.
 * A length is asked for where the body is read whole, so that memory is taken for what was announced and no more; where
 * it is received piece by piece, the pieces are counted as they come.
 */
export function boundedBodies(boundOf: (c: Context) => BodyBound): MiddlewareHandler {
  return async (c, next) => {
    const { bytes, streams, remedy } = boundOf(c)
    const announced = c.req.header('content-length')
    const inPieces = c.req.header('transfer-encoding') !== undefined
    if (announced !== undefined && !(Number(announced) <= bytes)) throw new Refusal('body-too-large', remedy)
    if (inPieces && !streams) {
      throw new Refusal(
        'length-required',
        'Donnez la longueur du corps (Content-Length) : ici il n’est pas reçu morceau par morceau.',
      )
    }
    if (inPieces && c.req.raw.body !== null) {
      const body = counted(c.req.raw.body, bytes, remedy)
      c.req.raw = new Request(c.req.raw, { body, duplex: 'half' } as RequestInit)
    }
    return next()
  }
}

function counted(body: ReadableStream<Uint8Array>, most: number, remedy: string): ReadableStream<Uint8Array> {
  let bytes = 0
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        bytes += piece.length
        if (bytes > most) controller.error(new Refusal('body-too-large', remedy))
        else controller.enqueue(piece)
      },
    }),
  )
}
