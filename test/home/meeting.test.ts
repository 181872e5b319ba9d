import { expect, test } from 'vitest'
import { figureOf, meetingPictures } from '../../src/home/meeting.ts'

const PAGE =
  '<main><figure class="plate" id="a" role="figure"><svg aria-labelledby="a-title a-desc"><title id="a-title">x</title><path fill="url(#hatch)"/></svg><details class="fold"><table/><details>CSV</details><pre>iframe</pre></details></figure><figure class="plate" id="b"></figure></main>'

test('a chart is cut out of its page under names of its own, without its table', () => {
  expect(figureOf(PAGE, 'a', 'v1')).toBe(
    '<figure class="plate" id="v1-a" role="figure"><svg aria-labelledby="v1-a-title v1-a-desc"><title id="v1-a-title">x</title><path fill="url(#v1-hatch)"/></svg></figure>',
  )
  expect(figureOf(PAGE, 'c', 'v1')).toBeUndefined()
  expect(figureOf('', 'a', 'v1')).toBeUndefined()
})

test('a department and a town have seven pictures each', () => {
  for (const of of [{}, { hall: '16102' }]) {
    const pictures = meetingPictures(of)
    expect(pictures).toHaveLength(7)
    expect(new Set(pictures.map(({ page, figure }) => `${page} ${figure}`)).size).toBe(7)
    // The demand of the department is drawn on its page and on that of its halls: a meeting looks at it once.
    expect(pictures.filter(({ figure }) => /^(departement-)?demande$/.test(figure)).length).toBe(
      of.hall ? 2 : 1,
    )
  }
})
