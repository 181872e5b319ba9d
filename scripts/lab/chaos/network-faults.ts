import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, outcomeOf, underLoad } from './stand.ts'
import type { Weather } from './tcp-proxy.ts'
import { writer } from './writer.ts'

function weather(
  name: string,
  draw: (random: () => number) => Weather,
  millis: number,
  thenCut = false,
): Fault {
  return {
    name,
    run: async stand => {
      const writers = ['a', 'b'].map(letter => writer(() => stand.service.url, `${name}-${letter}`))
      const seconds = await underLoad(writers, async () => {
        await delay(150)
        stand.proxy.weather = draw(stand.random)
        if (stand.proxy.weather.kind === 'refusing') stand.proxy.cut()
        await delay(millis)
        stand.proxy.weather = { kind: 'clear' }
        if (thenCut) stand.proxy.cut()
      })
      return outcomeOf(writers, seconds)
    },
  }
}

/** Faults of the network between the service and PostgreSQL. */
export const NETWORK_FAULTS: readonly Fault[] = [
  weather('network-latency', random => ({ kind: 'latency', millis: 50 + 150 * random() }), 2_000),
  // The bytes that were swallowed never come: what waited for them must be given up when the network tells.
  weather('network-blackhole', () => ({ kind: 'blackhole' }), 3_000, true),
  weather('connections-refused', () => ({ kind: 'refusing' }), 2_000),
  weather(
    'connection-cut-mid-message',
    random => ({ kind: 'cut-after', bytes: 2_000 + 60_000 * random() }),
    2_500,
    true,
  ),
  {
    name: 'connections-cut-mid-query',
    run: async stand => {
      const writers = ['a', 'b'].map(letter => writer(() => stand.service.url, `cut-${letter}`))
      const seconds = await underLoad(writers, async () => {
        for (let n = 0; n < 12; n++) {
          await delay(20 + 120 * stand.random())
          stand.proxy.cut()
        }
      })
      return outcomeOf(writers, seconds)
    },
  },
]
