import { afterAll, beforeAll, expect, test } from 'vitest'
import { appOver, ask } from '../app.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
let app: ReturnType<typeof appOver>
beforeAll(async () => {
  database = await freshDatabase()
  app = appOver(database.db)
})
afterAll(() => database.close())

const words = async (path = '/usagers') =>
  (await (await ask(app, path)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

test('the page tells what to prepare, the choice of the town hall, the cause, the wave, and its sources', async () => {
  const page = await words()
  expect(page).toContain('Faites la pré-demande en ligne')
  expect(page).toContain('Réservez un seul rendez-vous')
  expect(page).toContain('dites-le en réservant')
  expect(page).toContain('dans les trois mois')
  expect(page).toMatch(
    /Ce qu’il faut apporter : le numéro de votre pré-demande.*une photo de moins de six mois/,
  )
  expect(page).toContain('où que vous habitiez')
  expect(page).toContain('la file s’allonge chaque jour')
  expect(page).not.toMatch(/78 jours/)
  expect(page).toMatch(/en urgence n’est valable que 1 an/)
  expect(page).toMatch(/La vague de 2031 \(estimation\)/)
  expect(page).toContain('en 2032 et 2033')
  expect(page).toContain('comité des usagers du 5 avril 2022')
})

test('what titles cost is told as of today, with links to do it', async () => {
  const page = await words()
  expect(page).toContain('86 €, 42 € de 15 à 17 ans, 17 € avant 15 ans')
  expect(page).toMatch(/perdue ou volée : 25 €/)
  expect(page).toMatch(/Premier titre de séjour, tarif ordinaire : 300 €/)
  expect(await (await ask(app, '/usagers')).text()).toContain('https://passeport.ants.gouv.fr/')
})

test('where duties are levied on the spot, no general price, text of one or door of one is told', async () => {
  const page = await words('/usagers?place=987&ville=papeete')
  expect(page).toContain('ce site officiel montre celles qui sont près de Papeete')
  expect(page).toMatch(/Aujourd’hui, Polynésie française : environ \d+ jours d’attente \(estimé ; 9 chances/)
  expect(page).toContain('Les autres prix sont fixés sur place')
  expect(page).toContain('Ces démarches peuvent suivre ici des règles propres')
  expect(page).not.toMatch(/86 €|article 128|se font en ligne, sans passer/)
})

test('a town leads to the halls around it; a name that is not one says so', async () => {
  expect(await words('/usagers?ville=saint-yrieix')).toMatch(
    /les plus proches de Saint-Yrieix-sur-Charente.*Gond-Pontouvre [2-5] km non publiée/,
  )
  expect(await words('/usagers?ville=Saint')).toContain('Plusieurs communes commencent ainsi')
  expect(await words('/usagers?ville=Nulle+Part')).toContain(
    'Charente : aucune commune ne s’appelle « Nulle Part »',
  )
})

test('an old wait of a hall is said to be old; once waits are imported, the shortest comes first', async () => {
  expect(await words()).toMatch(
    /de la plus courte à la plus longue .*Barbezieux-Saint-Hilaire au moins 42 jours 30 janvier 2023 – ancien.*Angoulême environ 60 jours \(estimé\) juin 2024 – ancien/,
  )
  const response = await ask(app, '/api/imports?kind=appointment-waits&source=Mairies', {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: [
      'période;lieu;jours;horloge;statistique;unité',
      '2026-T3;16102;12;first-free-slot;as-published;calendar-day',
      '2026-T3;16374;35;first-free-slot;as-published;calendar-day',
      // No list says that this commune has a hall: its wait does.
      '2026-T3;16258;20;first-free-slot;as-published;calendar-day',
    ].join('\n'),
  })
  expect([response.status, await response.text()]).toMatchObject([201, expect.anything()])
  expect(await words()).toMatch(
    /de la plus courte à la plus longue .*Cognac 12 jours.*20 jours.*Soyaux 35 jours.*Angoulême/,
  )
})
