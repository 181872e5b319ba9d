import { createInterface } from 'node:readline'
import pg from 'pg'

/*
 * Another process on a data directory, for embedded.test.ts: its arguments are the
 * compiled module, the directory and the settings. It says `ready` once open, then obeys what it reads:
 * `write` inserts rows one by one and says each number once acknowledged, `close` leaves, the end of input forgets to.
 */

const [, , program, dataDir, settings] = process.argv
const { openEmbedded } = await import(program)
const say = line => process.stdout.write(`${line}\n`)
const log = { info: () => undefined, warn: () => undefined, error: console.error }

const server = await openEmbedded({ dataDir, log, settings: JSON.parse(settings) })
say('ready')

for await (const order of createInterface({ input: process.stdin })) {
  if (order === 'close') {
    await server.close()
    say('closed')
  }
  if (order === 'write') {
    const client = new pg.Client(server.connection)
    await client.connect()
    await client.query('create table if not exists written (number integer primary key)')
    for (let number = 1; ; number++) {
      await client.query('insert into written values ($1)', [number])
      say(String(number))
    }
  }
}
