import { expect, test } from 'vitest'
import { heldTags, holds } from '../../../src/io/http/held-tag.ts'

test('tags are compared weakly, and a star holds whatever exists', () => {
  for (const header of ['"a"', 'W/"a"', '"b", W/"a"', '"b,c","a"', ' * ']) {
    expect([header, holds(heldTags(header), 'W/"a"'), holds(heldTags(header), '"a"')]).toEqual([
      header,
      true,
      true,
    ])
  }
  for (const header of [undefined, '', 'a', '"b"', '"A"', '"*"'])
    expect(holds(heldTags(header), 'W/"a"')).toBe(false)
})
