import { expect, test } from 'vitest'
import { readJson } from '../../src/collectors/json-answer.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('what is no number of JSON stays a text, and texts stay as they are', () => {
  expect(
    readJson(
      bytes('{"a": NaN, "b": -Infinity, "id": 90071992547409931, "c": "NaN, \\"12345678901234567\\""}'),
    ),
  ).toEqual({
    a: 'NaN',
    b: '-Infinity',
    id: '90071992547409931',
    c: 'NaN, "12345678901234567"',
  })
  for (const number of ['0.1234567890123456', '45.69581234567890123', '1e16', '-12.5'])
    expect(readJson(bytes(number))).toBe(Number(number))
  expect(() => readJson(bytes(''))).toThrow()
})

test('what is deeper than any answer is put aside before it is read', () => {
  expect(() => readJson(bytes(`${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}`))).toThrow('too deep')
  expect(readJson(bytes(`{"a": "${'['.repeat(200)}"}`))).toEqual({ a: '['.repeat(200) })
})

test('the encoding that is said is read, with or without its mark', () => {
  expect(readJson(Buffer.from('["été"]', 'latin1'), 'application/json; charset=ISO-8859-1')).toEqual(['été'])
  expect(readJson(Buffer.from('["été"]', 'latin1'))).toEqual(['été'])
  expect(readJson(bytes('\uFEFF["été"]'), 'application/json; charset="utf-8"')).toEqual(['été'])
})

test('a point told twice is told once too often; words within slots may come again', () => {
  expect(() => readJson(bytes('{"506": [{"datetime": "a"}], "507": [], "506" : []}'))).toThrow('twice')
  const slots = '{"506": [{"datetime": "a"}, {"datetime": "b"}], "507": [{"datetime": "506\\":"}]}'
  expect(readJson(bytes(slots))).toEqual(JSON.parse(slots))
})
