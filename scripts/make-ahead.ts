// What the build makes once, so that the first start of a base only has to store it and nobody waits for a description.
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { createApp, describe } from '../src/app.tsx'
import { placeColumns } from '../src/imports/geography-queries.ts'
import { readShipped } from '../src/imports/shipped-queries.ts'
import { today } from '../src/io/clock.ts'
import type { Database } from '../src/io/database/schema.ts'
import { writeAhead } from '../src/io/made-ahead.ts'
import { officialPlaces, placesOrigin } from '../src/io/official-geography.ts'

const [origin, places] = await Promise.all([placesOrigin(), officialPlaces()])
await writeAhead('places', origin, placeColumns(places))
const db = new Kysely<Database>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
const nobody = {
  stateIdentity: undefined,
  dsfrDist: undefined,
  department: '',
  departmentName: '',
  version: '',
}
await writeAhead('openapi', '', describe(createApp({ db, today, ...nobody, report: console.error })))
await writeAhead('shipped', origin, await readShipped(places, today()))
