import { expect, test } from 'vitest'
import type { CellChange } from '../../src/publications/draft.ts'
import { PublicationsPage } from '../../src/publications/publication-page.tsx'
import type { Draft } from '../../src/publications/publication-queries.ts'
import { documentText } from '../../src/pure/pages/layout.tsx'
import { ROW, SITE } from '../page-props.ts'

const draft = (changes: CellChange[], more: Partial<Draft> = {}): Draft => ({
  release: 7,
  kind: 'appointment-waits',
  releaseKind: 'initial',
  publisher: 'Mairie',
  document: 'Relevé',
  reason: undefined,
  publishedOn: '2022-04-01',
  recordedAt: '2022-04-01T08:00:00Z',
  recordedBy: '3',
  rows: 1,
  embargoUntil: undefined,
  changes,
  changed: changes.length,
  ...more,
})
const shown = (props: Partial<Parameters<typeof PublicationsPage>[0]>) =>
  documentText(
    <PublicationsPage drafts={[]} published={undefined} placeName={() => 'Cognac'} {...props} />,
    SITE,
  )

test('nothing waits: says how a file comes to wait', async () => {
  const page = await shown({})
  expect(page).toMatch(/# brouillon\s:\soui/)
  expect(page).not.toContain('Sous embargo</h2>')
})

test('a draft says what it would change: a value where there was none, one taken back, or nothing', async () => {
  const page = await shown({
    drafts: [
      draft([
        { row: ROW, before: undefined, after: 40 },
        { row: ROW, before: 40, after: undefined },
      ]),
      draft([], { release: 8 }),
    ],
  })
  expect(page).toMatch(/2\schiffres changeraient/)
  expect(page).toMatch(/–<\/td>[\s\S]*40\sjours[\s\S]*40\sjours[\s\S]*–<\/td>/)
  expect(page).toContain('aucun chiffre en vigueur ne changerait')
  expect(page).toMatch(/importé le[\s\S]*par 3\./)
})

test('a file under embargo says until when and why, apart from those that may be published', async () => {
  const page = await shown({
    drafts: [draft([], { embargoUntil: '2026-12-01T07:00:00Z', reason: 'comité de décembre' })],
  })
  expect(page).toContain('Aucun brouillon')
  expect(page).toMatch(/Sous embargo<\/h2>[\s\S]*motif\s:\scomité de décembre\. Lisible le/)
})

test('of many changes the first are shown, and how many there are', async () => {
  const many = Array.from({ length: 201 }, () => ({ row: ROW, before: 1, after: 2 }))
  expect(await shown({ drafts: [draft(many)] })).toMatch(/Les 200 premiers changements sur 201/)
})

test('what was just published is in force, or will be at the end of its embargo', async () => {
  const one = { release: 7, publishedAt: '2026-11-26T08:00:00Z' }
  expect(await shown({ published: [{ ...one, embargoUntil: null }] })).toContain('en vigueur dès maintenant')
  const later = { ...one, embargoUntil: '2026-12-01T07:00:00Z' }
  expect(await shown({ published: [later, later] })).toMatch(/2\sfichiers publiés[\s\S]*lisibles le/)
})
