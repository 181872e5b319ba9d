import { expect, test } from 'vitest'
import { proposeHall } from '../../src/collectors/hall-match.ts'

const halls = [
  { insee: '16102', name: 'Cognac', lat: 45.6958, lon: -0.3287 },
  { insee: '16015', name: 'Angoulême', lat: 45.6484, lon: 0.1562 },
  { insee: '16374', name: 'Soyaux', lat: 45.6403, lon: 0.1977 },
  { insee: '16338', name: 'Saint-Médard', lat: undefined, lon: undefined },
]
const at = (city: string, lat: number, lon: number) => ({ name: `Mairie de ${city}`, city, lat, lon })

test('name, postcode and position together', () => {
  expect(proposeHall(at('COGNAC', 45.69, -0.33), halls, ['16102'])).toMatchObject({
    insee: '16102',
    because: 'même nom, même code postal, même endroit',
  })
  expect(proposeHall(at('St Medard', 0, 0), halls, [])).toMatchObject({ insee: '16338' })
})

test('a position that nobody gave, at 0° and 0°, is no place', () => {
  expect(proposeHall(at('COGNAC', 0, 0), halls, ['16102'])).toMatchObject({
    insee: '16102',
    because: 'même nom, même code postal',
  })
})

test('the number at France Titres, when both tell it, is enough', () => {
  const numbered = halls.map((hall, i) => ({ ...hall, ugf: [`1600${i}`] }))
  expect(proposeHall({ ...at('Nulle part', 0, 0), ugf: '16002' }, numbered, [])).toMatchObject({
    insee: '16374',
    because: 'même numéro à France Titres',
  })
})

test('an annex under the name of the town, nearer another one, stays with its town', () => {
  expect(proposeHall(at('Angoulême', 45.642, 0.19), halls, ['16015'])?.insee).toBe('16015')
})

test('a town of the same name in another department is not the hall', () => {
  expect(proposeHall(at('Cognac', 46.9, 2.5), halls, [])).toBeUndefined()
  expect(proposeHall(at('Saint-Médard', 43.5, 0.4), halls, ['32394'])).toBeUndefined()
})

test('nothing is proposed of nothing, nor of two lone signs', () => {
  expect(proposeHall(at('Nulle part', 0, 0), halls, [])).toBeUndefined()
  expect(proposeHall(at('Annexe', 0, 0), halls, ['16015', '16374'])).toBeUndefined()
})

test('where no list says which halls are equipped, the town that a point names is proposed', () => {
  const quimper = [{ insee: '29232', name: 'Quimper', lat: 47.996, lon: -4.0979 }]
  const cognac = [{ insee: '16102', name: 'Cognac', lat: 45.6958, lon: -0.3287 }]
  expect(proposeHall(at('QUIMPER CEDEX', 47.99, -4.1), halls, ['29232'], quimper)).toMatchObject({
    insee: '29232',
    because: 'même nom, même code postal, même endroit ; aucune liste ne la dit équipée',
  })
  expect(proposeHall(at('Quimper', 43.6, 1.44), halls, [], quimper)).toBeUndefined()
  expect(proposeHall(at('COGNAC', 45.69, -0.33), halls, ['16102'], cognac)?.because).not.toContain('liste')
})
