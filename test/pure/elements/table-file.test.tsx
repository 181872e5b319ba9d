import { describe, expect, it } from 'vitest'
import { Plate } from '../../../src/pure/charts/plate.tsx'
import { newReading, type Reading, ReadPage } from '../../../src/pure/elements/page-reading.tsx'
import { Table } from '../../../src/pure/elements/table.tsx'
import { placed } from '../../../src/pure/elements/table-file.ts'
import { openDataFile, tableSchema } from '../../../src/pure/figures/table-export.ts'

const rows = [
  { code: '01004', name: '=HYPERLINK("x") & <b>', days: 1_234.5, share: 0.843, low: 3, high: 5 },
  { code: '16102', name: 'Cognac', days: -2, share: undefined, low: 10, high: 10 },
]

function read(): Reading {
  const reading = {
    ...newReading({ origin: 'http://localhost', path: '/rendez-vous', query: 'place=16' }),
    title: 'Attentes',
  }
  const table = (
    <Table
      id="t"
      caption="Attente par mairie"
      note="n. d. : non publié."
      rows={rows}
      columns={[
        { label: 'INSEE', cell: row => row.code },
        { label: 'Mairie', cell: row => <a href="/">{row.name}</a>, file: [{ value: row => row.name }] },
        { label: 'Attente', figure: row => row.days, as: 'days', decimals: 1 },
        { label: 'Part', figure: row => row.share, as: 'share', decimals: 1 },
        { label: 'Part', range: row => ({ low: row.low, high: row.high }) },
      ]}
    />
  )
  ReadPage({
    reading,
    children: (
      <Plate id="p" title="t" subtitle="s" source="Préfecture, compte rendu" csv="/x.csv" table={table}>
        <svg />
      </Plate>
    ),
  }).toString()
  return reading
}
const origin = {
  page: 'Attentes',
  address: '/rendez-vous?place=16',
  filters: 'place = 16',
  day: '2026-11-24',
}
const table = placed(read().tables[0]!, origin)

describe('a table of a page, as a file', () => {
  it('keeps codes as text and numbers as numbers, two for a range, and leaves what is not known empty', () => {
    expect(table.columns.map(({ name, label, type }) => [name, label, type])).toEqual([
      ['insee', 'INSEE', 'text'],
      ['mairie', 'Mairie', 'text'],
      ['attente_jours', 'Attente (jours)', 'number'],
      ['part_pct', 'Part (%)', 'number'],
      ['part_bas', 'Part, bas', 'integer'],
      ['part_haut', 'Part, haut', 'integer'],
    ])
    expect(table.rows).toEqual([
      ['01004', '=HYPERLINK("x") & <b>', 1_234.5, 84.3, 3, 5],
      ['16102', 'Cognac', -2, undefined, 10, 10],
    ])
  })

  it('says where it comes from: page, filters, note, source of the drawing, day', () => {
    expect(Object.fromEntries(table.origin.map(({ label, text }) => [label, text]))).toEqual({
      Tableau: 'Attente par mairie',
      Page: 'Attentes, /rendez-vous?place=16',
      Filtres: 'place = 16',
      Remarque: 'n. d. : non publié.',
      Source: 'Préfecture, compte rendu',
      'Lu le': '2026-11-24',
    })
  })

  it('is open data with a schema', () => {
    expect(openDataFile(table).split('\n')[2]).toBe('16102,Cognac,-2,,10,10')
    expect(tableSchema(table).fields.map(field => field.type)).toEqual([
      'string',
      'string',
      'number',
      'number',
      'integer',
      'integer',
    ])
  })
})

it('offers nothing to take away outside of a reading', () => {
  const plain = <Table id="t" caption="c" rows={rows} columns={[{ label: 'INSEE', cell: row => row.code }]} />
  expect(String(plain)).not.toContain('Télécharger')
})
