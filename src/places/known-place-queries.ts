import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { type KnownPlace, placeOf } from './place-queries.ts'

/** The place of a code. @throws Refusal `place-not-found`, naming the successor of a merged commune. */
export async function knownPlaceOrRefuse(db: Db, code: string): Promise<KnownPlace> {
  const place = await placeOf(db, code)
  if (place === undefined) {
    throw new Refusal(
      'place-not-found',
      `Aucun lieu ne porte le code ${code} dans le code officiel géographique, et aucun CERT.`,
      {
        place: code,
      },
    )
  }
  return place
}
