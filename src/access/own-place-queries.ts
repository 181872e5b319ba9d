import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { identityOf } from '../io/http/identity.ts'
import { placeOf } from '../places/place-queries.ts'
import { answersFor } from '../pure/access/identity.ts'

/** @throws Refusal when somebody writes for a place that is not theirs. */
export async function requireOwn(c: Context, db: Db, code: string): Promise<void> {
  const identity = identityOf(c)
  const place = await placeOf(db, code)
  if (answersFor(identity, code, place?.parent)) return
  const own = await placeOf(db, identity.place)
  throw new Refusal(
    'forbidden',
    `Votre compte répond de ${own?.name ?? 'aucun lieu'} : demandez à la préfecture pour ${place?.name ?? code}.`,
  )
}
