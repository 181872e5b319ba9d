import { describe, expect, it } from 'vitest'
import { Table } from '../../../src/pure/elements/table.tsx'

describe('a table', () => {
  const columns = [
    { label: 'Jours', figure: (row: { name: string; days: number }) => row.days, decimals: 1 },
    { label: 'Mairie', names: true, cell: (row: { name: string; days: number }) => row.name },
  ]

  it('has a caption, headings for columns and rows, and a frame that the keyboard reaches', () => {
    const html = (
      <Table
        id="t"
        caption="Attentes"
        columns={columns}
        rows={[{ name: 'Cognac', days: 31.8 }]}
        csv="/attentes.csv"
      />
    ).toString() as string
    expect(html).toContain('<caption id="t-caption"><span>Attentes</span></caption>')
    expect(html).toContain('<th scope="col" class="number">Jours</th>')
    expect(html).toContain('<td class="number">31,8</td><th scope="row">Cognac</th>')
    expect(html).toContain('aria-labelledby="t-caption" tabindex="0"')
    expect(html).toContain('href="/attentes.csv"')
  })

  it('says why it is empty', () => {
    const html = (
      <Table id="t" caption="Attentes" columns={columns} rows={[]} empty="Aucune enquête reçue." />
    ).toString() as string
    expect(html).toContain('<td colspan="2">Aucune enquête reçue.</td>')
  })
})
