import { expect, it } from 'vitest'
import { FilterForm, placeFilter, quarterFilters } from '../../../src/pure/pages/filter-form.tsx'

it('a filter form is a GET form that shows the present choice and keeps the rest of the address', () => {
  const html = (
    <FilterForm
      action="/delais"
      kept={{ lieu: '16' }}
      filters={[
        {
          name: 'titre',
          label: 'Titre',
          value: 'passport',
          options: [
            { value: 'cni', label: 'Cartes' },
            { value: 'passport', label: 'Passeports' },
          ],
        },
      ]}
    />
  ).toString() as string
  expect(html).toContain('method="get" action="/delais"')
  expect(html).toContain('<input type="hidden" name="lieu" value="16"/>')
  expect(html).toContain('<label class="fr-label" for="filtre-titre">')
  expect(html).toContain('<option value="passport" selected="">Passeports</option>')
  expect(html).not.toContain('value="cni" selected')
})

it('a place without figures is offered by its name, and no quarter where none is known', () => {
  const here = { code: '17', name: 'Charente-Maritime' }
  const { value, options } = placeFilter(here, [{ code: '16', name: 'Charente' }])
  expect([value, options[0]]).toEqual(['17', { value: '17', label: 'Charente-Maritime' }])
  expect(quarterFilters('', '', [])).toEqual([])
})
