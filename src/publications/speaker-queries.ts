import { sql } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Db, Trx } from '../io/database/schema.ts'
import { type Identity, ROLE_NAMES, type Role } from '../pure/access/identity.ts'

/** Who may bring files in the name of a publisher: the roles of a place. Administrators speak for all. */
export interface Speaker {
  publisher: string
  role: Role
  place: string
  reason: string | null
  decidedAt: string
}

/** Who speaks for whom, by publisher. */
export async function speakers(db: Db): Promise<Speaker[]> {
  return db
    .selectFrom('speaker')
    .select(['publisher', sql<Role>`role`.as('role'), 'place', 'decided_at as decidedAt'])
    .select(sql<string | null>`nullif(reason, '')`.as('reason'))
    .where('publisher', 'in', db.selectFrom('source_threshold').select('publisher'))
    .orderBy('publisher')
    .orderBy('role')
    .orderBy('place')
    .execute()
}

/** Whether somebody may from now on speak for a publisher, as an administrator decides it. */
export interface SpeakerDecision {
  publisher: string
  role: Exclude<Role, 'public' | 'administrator'>
  place: string
  speaks: boolean
  reason: string
  by: string
}

/** Decides who speaks for a publisher. @throws Refusal for an unknown publisher or place. */
export async function decideSpeaker(db: Db, decision: SpeakerDecision): Promise<void> {
  await db.transaction().execute(async trx => {
    const place = await trx
      .selectFrom('place')
      .select('code')
      .where('code', '=', decision.place)
      .executeTakeFirst()
    if (place === undefined)
      throw new Refusal('place-not-found', `Aucun lieu n’a le code « ${decision.place} ».`)
    const id = await sourceNamed(trx, decision.publisher)
    const { role, speaks, reason, by } = decision
    await trx
      .insertInto('speaker_decision')
      .values({ source_id: id, role, place: place.code, speaks, reason, decided_by: by })
      .execute()
  })
}

/**
 * The number of a publisher, for who brings a file in its name.
 * @throws Refusal when the sender does not speak for it.
 */
export async function sourceSpokenFor(trx: Trx, publisher: string): Promise<number> {
  if (/[^\P{L}\p{Script=Latin}\p{Script=Common}]/u.test(publisher))
    throw new Refusal(
      'forbidden',
      `« ${publisher} » a des lettres d’un autre alphabet, qui ressemblent aux nôtres : écrivez-le de nouveau au clavier.`,
    )
  const id = await sourceNamed(trx, publisher)
  const { rows } = await sql<{ speaks: boolean }>`select vigie_speaks_for(${id}::integer) as speaks`.execute(
    trx,
  )
  if (rows[0]?.speaks) return id
  throw new Refusal(
    'forbidden',
    `Votre compte ne parle pas au nom de « ${publisher} » : donnez votre propre source, ou demandez à un administrateur de vous l’accorder (page /emetteurs).`,
  )
}

async function sourceNamed(trx: Trx, publisher: string): Promise<number> {
  await trx
    .insertInto('source')
    .values({ publisher })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const { id } = await trx
    .selectFrom('source')
    .select('id')
    .where('publisher', '=', publisher)
    .executeTakeFirstOrThrow()
  return id
}

/** The publisher of a file that names none: of its sender, so that nobody else speaks for it. */
export function unnamedPublisher(sender: Identity | undefined): string {
  const unnamed = 'Import sans source déclarée'
  if (sender === undefined || sender.role === 'administrator') return unnamed
  return `${unnamed} (${ROLE_NAMES[sender.role]}, ${sender.place})`
}
