import { expect, test } from 'vitest'
import { callOf, mailOf, type News } from '../../src/alerts/message.ts'

const news = (id: number, words: string, leaveKey: string): News => ({
  id,
  placeName: 'Charente',
  ruleName: 'Un délai publié dépasse son objectif',
  words,
  leaveKey,
  page: '/delais?place=16',
})

test('a mail tells what holds under one alert together, where it comes from and how to leave it, each once', () => {
  const about = { origin: 'https://vigie.example', host: 'vigie.example' }
  const { text } = mailOf([news(1, 'Cartes : 26 jours.', 'a'), news(2, 'Permis : 48 jours.', 'a')], about)
  expect(text.split('\n').slice(0, 5)).toEqual([
    'Charente – Un délai publié dépasse son objectif',
    'Cartes : 26 jours.',
    'Permis : 48 jours.',
    'Voir d’où cela vient : https://vigie.example/delais?place=16',
    'Ne plus recevoir cette alerte : https://vigie.example/alertes/fin/a',
  ])
  expect(JSON.parse(callOf(news(1, 'Cartes.', 'a'), about.origin)).page).toBe(
    'https://vigie.example/delais?place=16',
  )
})
