import { zipStream } from '../io/archive.ts'
import { actAs, actAsOwner } from '../io/database/acting.ts'
import type { Db } from '../io/database/schema.ts'
import { isAway } from '../io/database/unavailable.ts'
import { kitFiles } from '../kit/kit-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import { packFiles } from './committee-queries.ts'
import { type PackToMake, takePack, tellPack } from './pack-line-queries.ts'

/** What packs are made with. */
export interface PackGround {
  db: Db
  today: () => Day
  /** Receives what a sheet, or a pack, met. */
  report: (error: unknown, pack: PackToMake) => void
}

const atWork = new WeakMap<Db, Promise<void>>()

/** Makes the packs of the line one after the other until it is empty; asked again meanwhile, does nothing more. */
export function makePacks(ground: PackGround): Promise<void> {
  const { db } = ground
  const work = atWork.get(db) ?? actAsOwner(() => makeAll(ground)).finally(() => atWork.delete(db))
  atWork.set(db, work)
  return work
}

async function makeAll(ground: PackGround): Promise<void> {
  for (let pack = await takePack(ground.db); pack; pack = await takePack(ground.db)) {
    try {
      await make(ground, pack)
    } catch (error) {
      ground.report(error, pack)
      // The database may be what failed: the pack is then begun again once it is back.
      if (isAway(error)) return
      await tellPack(ground.db, pack.id, { state: 'failed' })
    }
  }
}

async function make({ db, today, report }: PackGround, pack: PackToMake): Promise<void> {
  const { id, reader, department, asOf, content } = pack
  let sheets = 0
  const oneMore = () => actAsOwner(() => tellPack(db, id, { sheets: ++sheets }))
  async function* files() {
    if (content === 'kits') {
      for await (const file of kitFiles(db, department, today(), asOf)) {
        if (file.last) await oneMore()
        yield file
      }
      return
    }
    for await (const file of packFiles(db, department, today(), { asOf, report: e => report(e, pack) })) {
      if (file.name.startsWith('fiches/')) await oneMore()
      yield file
    }
  }
  const zip = actAs({ identity: reader, access: 'read only' }, () => zipStream(files()))
  const archive = Buffer.from(await new Response(zip).arrayBuffer())
  await tellPack(db, id, { state: 'ready', archive })
}
