import { expect, it } from 'vitest'
import { choicesOf, shownQuarters, withChoices } from '../../../src/pure/pages/kept-choice.ts'

const CHOSEN = choicesOf('place=16102&from=2021-Q3&tableau=x', { title: 'driving-licence' })
const kept = (href: string) =>
  /href="([^"]*)"/
    .exec(withChoices(`<a class="fr-link" href="${href}">x</a>`, '/delais/permis-de-conduire', CHOSEN))?.[1]
    ?.replaceAll('&amp;', '&')

it('takes the place, the title and the quarters from page to page', () => {
  expect(kept('/rendez-vous')).toBe('/rendez-vous?place=16102&title=driving-licence&from=2021-Q3')
  expect(kept('/donnees?measure=appointment-wait&amp;place=16#versions')).toBe(
    '/donnees?measure=appointment-wait&place=16&title=driving-licence&from=2021-Q3#versions',
  )
})

it.each([
  ['/mairies/16167', '/mairies/16167?title=driving-licence&from=2021-Q3'],
  ['/delais/passeports', '/delais/passeports?place=16102&from=2021-Q3'],
  ['/delais', '/delais?place=16102&from=2021-Q3'],
  ['/', '/?place=16102&from=2021-Q3'],
])('a choice made by the path %s is not made twice', (href, expected) => {
  expect(kept(href)).toBe(expected)
})

it.each([
  '/api/delays.csv?place=16',
  '//elsewhere.example/',
  'https://elsewhere.example/',
  '#contenu',
  '?tableau=a',
  '/connexion',
])('%s is left as it is', href => expect(kept(href)).toBe(href))

it('what an address brings stays text', () => {
  const hostile = choicesOf('place="><script>&title=%26x%3D1', {})
  expect(withChoices('<a href="/demande">x</a>', '/', hostile)).toBe(
    '<a href="/demande?place=%22%3E%3Cscript%3E&amp;title=%26x%3D1">x</a>',
  )
})

it('a page without any of the quarters asked for shows all that it has, and says so', () => {
  expect(shownQuarters({ from: '2027-Q1', to: '2027-Q4' }, ['2021-Q1', '2021-Q2'])).toEqual({
    from: '2021-Q1',
    to: '2021-Q2',
    missed: true,
  })
  expect(shownQuarters({ from: '2021-Q2' }, ['2021-Q1', '2021-Q2'])).toEqual({
    from: '2021-Q2',
    to: '2021-Q2',
    missed: false,
  })
  expect(shownQuarters({ from: '2021-Q2' }, []).missed).toBe(false)
})

it('forms send the place along, unless they send a file', () => {
  const sent = (form: string) => withChoices(form, '/', CHOSEN)
  const hidden = '<input type="hidden" name="place" value="16102"/>'
  expect(sent('<form method="get" action="/certs"></form>')).toBe(
    `<form method="get" action="/certs?place=16102">${hidden}</form>`,
  )
  expect(
    sent('<form method="get" action="/scenarios#essai"><button formaction="/scenarios">x</button></form>'),
  ).toBe(
    `<form method="get" action="/scenarios?place=16102#essai">${hidden}<button formaction="/scenarios?place=16102">x</button></form>`,
  )
  const asking = '<form method="get" action="/scenarios"><select name="place"></select></form>'
  expect(sent(asking)).toBe(asking.replace('/scenarios', '/scenarios?place=16102'))
  const file = '<form method="post" action="/donnees" enctype="multipart/form-data"></form>'
  expect(sent(file)).toBe(file)
  expect(withChoices('<form action="/certs"></form>', '/', choicesOf('place="><script>', {}))).toBe(
    '<form action="/certs"></form>',
  )
})
