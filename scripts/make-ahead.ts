// What the build makes once, so that the first start of a base only has to store it.
import { placeColumns } from '../src/imports/geography-queries.ts'
import { readShipped } from '../src/imports/shipped-queries.ts'
import { today } from '../src/io/clock.ts'
import { writeAhead } from '../src/io/made-ahead.ts'
import { officialPlaces, placesOrigin } from '../src/io/official-geography.ts'

const [origin, places] = await Promise.all([placesOrigin(), officialPlaces()])
await writeAhead('places', origin, placeColumns(places))
await writeAhead('shipped', origin, await readShipped(places, today()))
