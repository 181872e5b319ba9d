import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, outcomeOf, type Stand, underLoad } from './stand.ts'
import { writer } from './writer.ts'

const IMPORT = 'POST /api/imports?kind=applications HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/csv\r\n'

function clients(name: string, misbehave: (stand: Stand) => Promise<string[]>): Fault {
  return {
    name,
    run: async stand => {
      const one = writer(() => stand.service.url, name)
      let findings: string[] = []
      const seconds = await underLoad([one], async () => {
        findings = await misbehave(stand)
      })
      const refused = [...one.answers].filter(([status]) => !['200', '201'].includes(status))
      return outcomeOf([one], seconds, [
        ...findings,
        ...refused.map(([status, count]) => `${count} other requests answered ${status}`),
      ])
    },
  }
}

/** Sends bytes to the service by hand. @returns what it answered within the time given. */
function raw(stand: Stand, pieces: readonly (string | Buffer)[], millis: number): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(Number(new URL(stand.service.url).port), '127.0.0.1')
    let answer = ''
    const end = () => {
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(end, millis)
    socket.on('data', chunk => {
      answer += String(chunk)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearTimeout(timer)
      end()
    })
    for (const piece of pieces) socket.write(piece)
  })
}

const MALFORMED: readonly (readonly [string, string])[] = [
  ['two lengths', `${IMPORT}content-length: 5\r\ncontent-length: 6\r\n\r\nabcde`],
  ['length and chunks', `${IMPORT}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nhost: localhost\r\nx-a: \0\r\n\r\n'],
  ['a header of 100 kB', `GET / HTTP/1.1\r\nhost: localhost\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n`],
  ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ['another host', 'GET / HTTP/1.1\r\nhost: evil.example\r\n\r\n'],
  ['a chunk that lies', `${IMPORT}transfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`],
  ['not HTTP', '\x16\x03\x01\x02\0\x01\0'],
]

/** Faults of those who call: slow, gone, greedy, malformed. */
export const CLIENT_FAULTS: readonly Fault[] = [
  clients('slow-clients', async stand => {
    const trickle = async () => {
      const socket = connect(Number(new URL(stand.service.url).port), '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`${IMPORT}content-length: 100000\r\n\r\n`)
      for (let n = 0; n < 20; n++) {
        socket.write('x')
        await delay(100)
      }
      socket.destroy()
    }
    await Promise.all(Array.from({ length: 60 }, trickle))
    return []
  }),
  clients('uploads-aborted', async stand => {
    const half = Buffer.from('mois;commune;titre;demandes\n2022-03;16102;cni;99999\n'.padEnd(40_000, '\n'))
    for (let n = 0; n < 100; n++) {
      await raw(stand, [`${IMPORT}content-length: 80000\r\n\r\n`, half], 1 + 10 * stand.random())
    }
    const { rows } = await stand.pool.query('select from observation where value = 99999')
    return rows.length > 0 ? ['half a file was imported'] : []
  }),
  clients('answers-not-read', async stand => {
    await Promise.all(
      Array.from({ length: 40 }, () =>
        raw(stand, ['GET /api/imports HTTP/1.1\r\nhost: localhost\r\n\r\n'], 5 + 20 * stand.random()),
      ),
    )
    return []
  }),
  clients('bodies-oversized', async stand => {
    const send = (init: RequestInit) =>
      fetch(`${stand.service.url}/api/imports`, { method: 'POST', ...init }).then(
        response => response.status,
        // The service answers and closes while the body still comes.
        () => 413,
      )
    const chunk = new Uint8Array(1_048_576)
    const stream = () => {
      let left = 60
      return new ReadableStream({
        pull(controller) {
          left -= 1
          if (left < 0) controller.close()
          else controller.enqueue(chunk)
        },
      })
    }
    const statuses = [
      await send({ body: new Uint8Array(60 * 1_048_576) }),
      await send({ body: stream(), duplex: 'half' } as RequestInit),
    ]
    // Where nothing streams, a length is asked for first.
    return statuses
      .filter(status => status !== 413 && status !== 411)
      .map(status => `60 MB answered ${status}`)
  }),
  clients('requests-malformed', async stand => {
    const findings: string[] = []
    for (const [name, text] of MALFORMED) {
      const status = Number((await raw(stand, [text], 1_500)).split(' ')[1] ?? 0)
      if (status < 400 || status >= 500) findings.push(`${name} answered ${status || 'nothing'}`)
    }
    return findings
  }),
]
