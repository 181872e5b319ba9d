import fc from 'fast-check'
import type { Description, Operation, Schema } from './description.ts'

/** A request to send. */
export interface FuzzRequest {
  path: string
  method: string
  headers: Record<string, string>
  body: string | undefined
}

const HOSTILE_TEXTS = [
  '',
  ' ',
  '\0',
  'null',
  'undefined',
  'NaN',
  '-1',
  '0',
  '1e999',
  '99999999999999999999',
  "' or 1=1 --",
  '"); drop table place; --',
  '../../etc/passwd',
  '%00',
  '%',
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  '\u202e',
  '\ud83d\ude00',
  '2021-Q5',
  'T0 2021',
  '2021-13',
  '9999-99-99',
  '0000-00-00',
  '16',
  'FR',
  '2A004',
  '16102',
  '99999',
  'é'.repeat(2_000),
  'a'.repeat(9_000),
  'a,b,c,,,',
  '[]',
  '{}',
]
const SOUND_TEXTS: Record<string, readonly string[]> = {
  place: ['16', '17', '16102', 'FR', '75', '99', '99999'],
  insee: ['16102', '16015', '16374', '99999'],
  department: ['16', '17', '2A'],
  from: ['2021-Q1', 'T1 2021', '2026-Q4'],
  to: ['2022-Q4', '2021-Q1', '2033-Q4'],
  asOf: ['2022-04-13', '1999-01-01'],
  year: ['2021', '2022', '1', '99999'],
  format: ['pdf', 'html', 'json', 'csv', 'xlsx', 'exe'],
}
const CSV = [
  'mois;commune;titre;demandes\n2022-03;16102;cni;310\n',
  'mois;commune;titre;demandes\n2022-03;Cognac;cni;x\n',
  'période;titre;lieu;jours\nT1 2021;cni;16;13,5\n',
  '# type : events\nlieu;jour;nature;libellé\n16;2021-03-31;autre;x\n',
  '\u0000',
  'PK\u0003\u0004',
]

/** A request to an operation: sound in every part, or hostile in some. */
export function requestTo(operation: Operation, { components }: Description): fc.Arbitrary<FuzzRequest> {
  const schemas = components?.schemas ?? {}
  const places = (where: string) => operation.parameters.filter(parameter => parameter.in === where)
  const values = (where: string) =>
    fc.tuple(
      ...places(where).map(({ name, required, schema }) => {
        const text = fc.oneof({ weight: 3, arbitrary: soundText(name, schema) }, HOSTILE_TEXT)
        const given = required || where === 'path' ? text : fc.option(text, { nil: undefined, freq: 2 })
        return fc.tuple(fc.constant(name), given)
      }),
    )
  const headers = fc.record(
    {
      accept: fc.constantFrom('application/json', 'text/html', '*/*', 'application/x-ndjson', ''),
      'content-type': fc.constantFrom(
        'application/x-www-form-urlencoded',
        'text/html',
        'application/json; charset=x',
        '',
      ),
      origin: fc.constantFrom('http://evil.example', 'null', 'http://localhost'),
      'sec-fetch-site': fc.constantFrom('cross-site', 'same-origin', 'x'),
      'idempotency-key': fc.oneof(fc.uuid(), fc.constantFrom('k', '"k"', '', 'x'.repeat(300))),
    },
    { requiredKeys: [] },
  )
  const plain = fc.constant({} as Record<string, string>)
  return fc
    .tuple(
      values('path'),
      values('query'),
      fc.oneof({ weight: 3, arbitrary: plain }, headers as fc.Arbitrary<Record<string, string>>),
      bodyFor(operation, schemas),
      fc.constantFrom('', '', '', 'x=1&x=2', '%', 'a[b]=c'),
    )
    .map(([path, query, extra, body, more]) => {
      const filled = path.reduce(
        (address, [name, value]) => address.replace(`{${name}}`, encodeURIComponent(unlike(value ?? ''))),
        operation.path,
      )
      const search = new URLSearchParams(
        query.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
      )
      const asked = [search.toString(), more].filter(part => part !== '').join('&')
      return {
        path: asked === '' ? filled : `${filled}?${asked}`,
        method: operation.method,
        headers: {
          ...(operation.body === undefined ? {} : { 'content-type': operation.body.type }),
          ...extra,
        },
        body,
      }
    })
}

// An empty or dotted part of a path is another path.
function unlike(value: string): string {
  return value === '' || /^\.+$/.test(value) ? 'x' : value
}

function bodyFor({ body }: Operation, schemas: Record<string, Schema>): fc.Arbitrary<string | undefined> {
  if (body === undefined) return fc.constant(undefined)
  if (!body.type.includes('json')) {
    return fc.oneof(
      fc.constantFrom(...CSV),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 0, max: 1e9 }).map(count => `${CSV[0]}2022-04;16102;cni;${count}\n`),
    )
  }
  return fc.oneof(
    { weight: 6, arbitrary: anyValue(body.schema, schemas, 0).map(value => JSON.stringify(value)) },
    fc.json({ maxDepth: 3 }),
    fc.constantFrom(
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '1',
      '{"__proto__":{"a":1}}',
      '['.repeat(5_000),
      '{"levers":',
    ),
  )
}

// Made once: fast-check reads every grapheme that there is to make it.
const HOSTILE_TEXT = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
)

function soundText(name: string, schema: Schema): fc.Arbitrary<string> {
  const known = SOUND_TEXTS[name]
  if (known !== undefined) return fc.constantFrom(...known)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum.map(String))
  const { minimum = 0, maximum = 100 } = schema
  if (schema.type === 'integer') {
    return fc.integer({ min: Math.ceil(minimum), max: Math.min(maximum, 1e9) }).map(String)
  }
  if (schema.type === 'number') {
    return fc.double({ min: minimum, max: maximum, noNaN: true }).map(String)
  }
  return schema.example === undefined ? HOSTILE_TEXT : fc.constant(String(schema.example))
}

const DEEPEST = 6

/** A value of a schema, one part in eight of another shape. */
function anyValue(schema: Schema, schemas: Record<string, Schema>, depth: number): fc.Arbitrary<unknown> {
  const other: fc.Arbitrary<unknown> = fc.constantFrom(
    null,
    -1,
    0,
    1e308,
    '',
    'x',
    true,
    [],
    {},
    '\0',
    2 ** 53,
  )
  if (depth > DEEPEST) return other
  return fc.oneof({ weight: 8, arbitrary: soundValue(schema, schemas, depth) }, other)
}

function soundValue(schema: Schema, schemas: Record<string, Schema>, depth: number): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    return soundValue(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas, depth)
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(choice => soundValue(choice, schemas, depth)))
  if (schema.allOf !== undefined) {
    return fc
      .tuple(...schema.allOf.map(part => soundValue(part, schemas, depth)))
      .map(parts => Object.assign({}, ...parts) as unknown)
  }
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const examples = schema.example === undefined ? [] : [fc.constant(schema.example)]
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).map(
        ([name, member]): [string, fc.Arbitrary<unknown>] => [name, anyValue(member, schemas, depth + 1)],
      )
      return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] })
    }
    case 'array':
      return fc.array(anyValue(schema.items ?? {}, schemas, depth + 1), { maxLength: 3 })
    case 'integer':
      return fc.oneof(
        ...examples,
        fc.integer({
          min: Math.ceil(schema.minimum ?? -5),
          max: Math.max(Math.ceil(schema.minimum ?? -5), Math.min(schema.maximum ?? 60, 500)),
        }),
      )
    case 'number':
      return fc.oneof(...examples, fc.constantFrom(0.5, 1, 14, 0.9, 1e-9, 1e6), fc.double({ noNaN: true }))
    case 'boolean':
      return fc.boolean()
    default:
      return fc.oneof(
        ...examples,
        fc.constantFrom('16', '16102', '2027-01', '2027-01-04', 'cni-passport', '2026-11-24'),
        HOSTILE_TEXT,
      )
  }
}
