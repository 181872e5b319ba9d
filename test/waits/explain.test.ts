import { expect, it } from 'vitest'
import { explainCapacity } from '../../src/waits/explain.ts'
import { evenWeek, hallOf } from '../../src/waits/hall-capacity.ts'

const said = (hall: Parameters<typeof explainCapacity>[0]) =>
  explainCapacity(hall).map(({ title, text }) => `${title} — ${text.replace(/\s/g, ' ')}`)

it('walks through the capacity of a hall, and claims no saving without a source', () => {
  expect(said(hallOf({ stations: 1, hours: evenWeek(30), minutesPerPerson: 15 }))).toEqual([
    'Temps offert — 1 station, 30,0 heures de rendez-vous par semaine en tout.',
    'Temps d’une demande — 15,0 minutes, intervalle compris.',
    'Pré-demande en ligne — Aucun gain de temps n’est compté : aucune source n’en donne la mesure.',
    'Capacité — 120 demandes par semaine ordinaire.',
  ])
})

it('names every adjustment that is made', () => {
  const lines = said(
    hallOf({
      stations: 2,
      hours: evenWeek(30),
      minutesPerAppointment: 5,
      minutesPerPerson: 10,
      personsPerAppointment: 2,
      preApplicationShare: 0.7,
      minutesSavedByPreApplication: 2,
      noShowShare: 0.05,
      refilledShare: 0.4,
      handOverMinutes: 3,
    }),
  )
  expect(lines.map(line => line.split(' — ')[0])).toEqual([
    'Temps offert',
    'Temps d’une demande',
    'Pré-demande en ligne',
    'Rendez-vous non honorés',
    'Remise des titres',
    'Capacité',
  ])
  expect(lines[2]).toContain('une hypothèse saisie ici, aucune source ne la donne')
  expect(lines[3]).toContain('5,0 % des rendez-vous, dont 40 % redonnés à d’autres')
})
