import { expect, test } from 'vitest'
import { FaultLog } from '../../src/imports/fault-log.ts'
import type { PastImport } from '../../src/imports/import-answer.ts'
import { DataPage, type FigureChoice } from '../../src/imports/import-page.tsx'
import { KINDS } from '../../src/imports/kinds.ts'
import type { StoredRelease } from '../../src/imports/release-queries.ts'
import type { PublishedRow } from '../../src/pure/figures/observation.ts'
import { vintages } from '../../src/pure/figures/vintage.ts'
import { documentText } from '../../src/pure/pages/layout.tsx'
import { SITE, ROW as WAIT } from '../page-props.ts'

const ROW: PublishedRow = { ...WAIT, title: '' }
const past = (release: number, more: Partial<PastImport> = {}): PastImport => ({
  release,
  kind: 'appointment-waits',
  releaseKind: 'initial',
  publisher: 'Mairie',
  document: 'Relevé',
  fileName: 'a.csv',
  publishedOn: '2022-04-01',
  recordedAt: '2022-04-01T08:00:00Z',
  recordedBy: '3',
  rows: 1,
  public: true,
  standing: 'public',
  place: '16',
  withdrawnAt: null,
  withdrawalReason: null,
  ...more,
})
const HISTORY: FigureChoice = {
  measure: 'appointment-wait',
  title: undefined,
  place: undefined,
  period: undefined,
  asked: true,
  choices: { measures: [], titles: [], places: [], periods: [] },
  vintages: [],
}
const shown = (props: Partial<Parameters<typeof DataPage>[0]> = {}) =>
  documentText(
    <DataPage
      imports={[]}
      deposits
      kinds={KINDS}
      outcome={undefined}
      chosen={undefined}
      watch={{ sources: [], readings: [], today: '2022-04-30' }}
      contested={[]}
      history={HISTORY}
      placeName={() => 'Cognac'}
      mayWithdraw={() => false}
      {...props}
    />,
    SITE,
  )

test('a service that knows nothing says so, and only who may bring files has the form', async () => {
  const page = await shown()
  expect(page).toContain('Aucun chiffre n’a deux valeurs publiées')
  expect(page).toContain('Aucune source n’a assez publié pour qu’un jour soit attendu.')
  expect(page).toContain('Aucune valeur publiée pour ce choix')
  expect(page).toContain('enctype="multipart/form-data"')
  expect(page).not.toContain('role="alert"')
  const stranger = await shown({ deposits: false })
  expect(stranger).toContain('/connexion?retour=%2Fdonnees')
  expect(stranger).not.toContain('enctype')
})

test('a stored file says its number and whether anybody reads it; one known already, that nothing was written', async () => {
  const stored: StoredRelease = {
    release: 12,
    kind: 'applications',
    rows: 3,
    alreadyKnown: false,
    public: true,
    standing: 'public',
    replacedBy: [],
  }
  const open = await shown({ outcome: stored })
  expect(open).toMatch(/Fichier enregistré\s: 3\slignes/)
  expect(open).toContain('en tiennent compte')
  const waiting = await shown({ outcome: { ...stored, public: false } })
  expect(waiting).toContain('que personne ne lit encore')
  expect(waiting).not.toContain('en tiennent compte')
  const known = await shown({ outcome: { ...stored, alreadyKnown: true } })
  expect(known).toContain('Ce fichier était déjà importé')
  expect(known).toMatch(/l’import n°\s12/)
  expect(known).not.toContain('Fichier enregistré')
  const draft = await shown({ outcome: { ...stored, alreadyKnown: true, public: false, standing: 'draft' } })
  expect(draft).toContain('Ce fichier est déjà un brouillon')
  const embargo = await shown({
    outcome: { ...stored, alreadyKnown: true, public: false, standing: 'embargo' },
  })
  expect(embargo).toContain('déjà sous embargo')
  const replacedBy = [{ release: 14, document: 'Relevé de mai', publishedOn: '2022-05-02' }]
  const replaced = await shown({ outcome: { ...stored, alreadyKnown: true, replacedBy } })
  expect(replaced).toContain('href="/donnees/imports/14"')
  expect(replaced).toMatch(/Relevé de mai, 2\smai\s2022/)
})

test('a file is taken back by who may, for a reason', async () => {
  const page = await shown({ imports: [past(7), past(8)], mayWithdraw: row => row.release === 7 })
  expect(page).toContain('action="/donnees/imports/7/retrait"')
  expect(page).not.toContain('action="/donnees/imports/8/retrait"')
  const gone = past(9, { standing: 'withdrawn', withdrawnAt: '2022-04-05T08:00:00Z' })
  expect(await shown({ imports: [gone] })).toMatch(/retiré le 5\savril\s2022/)
})

test('faults are listed with line, column and remedy; past a thousand, with how many there are', async () => {
  const log = new FaultLog()
  const fault = { code: 'not-a-number', message: '« x » n’est pas un nombre.', remedy: 'Corrigez.' } as const
  log.add({ line: 4, column: 'jours', columnNumber: 4, ...fault })
  const few = await shown({ outcome: log.report(), chosen: 'issuance-delays' })
  expect(few).toMatch(/Fichier refusé\s: 1\sdéfaut\./)
  expect(few).toContain('Défauts du fichier')
  expect(few).toMatch(/not-a-number\s?: 1</)
  expect(few).toMatch(/<option value="issuance-delays" selected/)
  for (let line = 5; line <= 1_204; line++) log.add({ line, ...fault })
  expect(await shown({ outcome: log.report() })).toContain('Les 1000 premiers défauts sur 1201')
})

test('a figure in conflict names its values and leads to its history, cut at two hundred values', async () => {
  const pair = vintages([
    ROW,
    { ...ROW, release: 8, value: 39, document: 'Comité', publishedOn: '2022-04-13' },
  ])
  const page = await shown({ contested: [pair] })
  expect(page).toMatch(/1\schiffre en conflit/)
  expect(page).toContain('measure=appointment-wait&amp;title=&amp;place=16102&amp;period=2021-Q1#versions')
  expect(page).toMatch(/>40\sjours<\/strong> \(en vigueur\)\s: Relevé/)
  expect(page).toMatch(/>39\sjours<\/strong> \(en conflit\)\s: Comité/)
  const many = (count: number) =>
    vintages(
      Array.from({ length: count }, (_, i) => ({
        ...ROW,
        period: `${1900 + i}-Q1`,
        document: `document ${i}.`,
      })),
    )
  const full = await shown({ history: { ...HISTORY, vintages: many(200) } })
  expect(full).toMatch(/200\svaleurs publiées/)
  expect(full).toContain('document 199.')
  const cut = await shown({ history: { ...HISTORY, vintages: many(201) } })
  expect(cut).toContain('les 200 premières valeurs publiées sur 201')
  expect(cut).not.toContain('document 200.')
})

test('past imports say their nature and who reads them; after three, the older ones are folded away', async () => {
  const three = Array.from({ length: 3 }, (_, i) => past(i + 1))
  const page = await shown({ imports: three })
  expect(page).toContain('Les 3 derniers')
  expect(page).toContain('première publication')
  expect(page).toContain('par tous')
  expect(page).not.toContain('brouillon')
  expect(page).not.toContain('imports-anciens')
  const more = await shown({
    imports: [
      ...three,
      past(9, { public: false, standing: 'draft', releaseKind: 'methodology' }),
      past(10, { releaseKind: 'correction' }),
    ],
  })
  expect(more).toContain('brouillon')
  expect(more).toContain('changement de méthode')
  expect(more).toMatch(/Voir les 2\sfichiers précédents/)
})

test('each kind last brought is named in French, outlines too, and a kind that the program forgot by its code', async () => {
  const sources = ['issuance-delays', 'contours', 'weather'].map(kind => ({
    publisher: 'Mairie',
    kind,
    files: 2,
    days: ['2022-04-01'],
    recordedAt: ROW.recordedAt,
  }))
  const page = await shown({ watch: { sources, readings: [], today: '2022-04-30' } })
  expect(page).toMatch(/<t[dh][^>]*>Délais de délivrance</)
  expect(page).toMatch(/<t[dh][^>]*>Contours des communes</)
  expect(page).toMatch(/<t[dh][^>]*>weather</)
})
