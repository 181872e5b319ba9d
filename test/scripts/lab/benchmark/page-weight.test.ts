import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { neededBy, pageWeights } from '../../../../scripts/lab/benchmark/page-weight.ts'
import { listening } from '../../../sockets.ts'

test('a page needs its style sheets and its scripts, not its icon', () => {
  expect(
    neededBy(
      '<link rel="stylesheet" href="/a.css?v=1"/><link rel="icon" href="/i.svg"/><script src="/b.js" defer=""></script>',
    ),
  ).toEqual(['/a.css?v=1', '/b.js'])
})

test('what is weighed is what travels: the compressed bytes of the page and of all that it needs', async () => {
  const app = new Hono()
  app.get('/page', c => c.html('<link rel="stylesheet" href="/style.css"/>'))
  app.get('/style.css', c =>
    c.body(new Uint8Array([31, 139, 8]), 200, { 'content-type': 'text/css', 'content-encoding': 'gzip' }),
  )
  const { port, close } = await listening(app.fetch)
  const base = `http://localhost:${port}`
  expect(await pageWeights(base, ['/page'])).toEqual([
    {
      path: '/page',
      bytes: 45,
      files: [
        { address: '/page', bytes: 42 },
        { address: '/style.css', bytes: 3 },
      ],
    },
  ])
  await expect(pageWeights(base, ['/missing'])).rejects.toThrow('404')
  await close()
})
