import { describe, expect, it } from 'vitest'
import { Plate } from '../../../src/pure/charts/plate.tsx'
import { Table } from '../../../src/pure/elements/table.tsx'
import { openDataFile, tableSchema } from '../../../src/pure/figures/table-export.ts'
import { pageTable } from '../../../src/pure/pages/page-table.ts'

interface Row {
  code: string
  name: string
  days: string
  share: string
  range: string
}
const rows: Row[] = [
  {
    code: '01004',
    name: '=HYPERLINK("x") & <b>',
    days: '1\u202f234,5\u00a0jours',
    share: '84,3\u00a0%',
    range: '3 à 5',
  },
  { code: '16102', name: 'Cognac', days: '−2\u00a0jours', share: 'non publié', range: '10' },
]
const page = (
  <main>
    <h1>Attentes</h1>
    <Plate
      id="p"
      title="t"
      subtitle="s"
      source="Préfecture, compte rendu"
      csv="/x.csv"
      table={
        <Table
          id="t"
          caption="Attente par mairie"
          note="n. d. : non publié."
          rows={rows}
          columns={[
            { label: 'INSEE', cell: (row: Row) => row.code },
            { label: 'Mairie', cell: (row: Row) => row.name },
            { label: 'Attente', numeric: true, cell: (row: Row) => row.days },
            { label: 'Part', numeric: true, cell: (row: Row) => row.share },
            { label: 'Part', numeric: true, cell: (row: Row) => row.range },
          ]}
        />
      }
    >
      <svg />
    </Plate>
  </main>
).toString() as string
const reading = { address: '/rendez-vous?place=16', filters: 'place = 16', day: '2026-11-24' }
const table = pageTable(page, 't', reading)

describe('a table of a page, as a file', () => {
  it('keeps codes as text, reads numbers with their unit, leaves what is not published empty', () => {
    expect(table?.columns.map(({ name, label, type }) => [name, label, type])).toEqual([
      ['insee', 'INSEE', 'text'],
      ['mairie', 'Mairie', 'text'],
      ['attente_jours', 'Attente (jours)', 'number'],
      ['part_pct', 'Part (%)', 'number'],
      ['part', 'Part', 'text'],
    ])
    expect(table?.rows).toEqual([
      ['01004', '=HYPERLINK("x") & <b>', 1_234.5, 84.3, '3 à 5'],
      ['16102', 'Cognac', -2, undefined, '10'],
    ])
  })

  it('says where it comes from: page, filters, note, source of the drawing, day', () => {
    expect(Object.fromEntries(table?.origin.map(({ label, text }) => [label, text]) ?? [])).toEqual({
      Tableau: 'Attente par mairie',
      Page: 'Attentes, /rendez-vous?place=16',
      Filtres: 'place = 16',
      Remarque: 'n. d. : non publié.',
      Source: 'Préfecture, compte rendu',
      'Lu le': '2026-11-24',
    })
  })

  it('has a description whose fields are the columns of its open data', () => {
    if (table === undefined) throw new Error('no table')
    expect(openDataFile(table).split('\n')[0]).toBe(
      tableSchema(table)
        .fields.map(field => field.name)
        .join(','),
    )
  })

  it('is not there under another name', () => {
    expect(pageTable(page, 'u', reading)).toBeUndefined()
  })
})
