/** Drawn in place of a character that the font lacks. */
const MARK = '□'
// A control character draws nothing, and PDF/UA refuses it; lines may be broken.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g
// Marks that turn the direction of what follows: a name must not be able to reverse a page.
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * Characters that a TrueType font can draw: its `cmap` in format 4 (segments of the first plane) and 12 (groups), as the
 * OpenType specification describes them.
 */
export function coverageOf(font: Uint8Array): ReadonlySet<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableAt(view, 'cmap')
  const covered = new Set<number>()
  if (cmap === undefined) return covered
  const count = view.getUint16(cmap + 2)
  for (let i = 0; i < count; i++) {
    const at = cmap + view.getUint32(cmap + 4 + 8 * i + 4)
    const format = view.getUint16(at)
    if (format === 4) addSegments(view, at, covered)
    if (format === 12) addGroups(view, at, covered)
  }
  return covered
}

function tableAt(view: DataView, name: string): number | undefined {
  const tables = view.getUint16(4)
  for (let i = 0; i < tables; i++) {
    const at = 12 + 16 * i
    const tag = [0, 1, 2, 3].map(byte => String.fromCharCode(view.getUint8(at + byte))).join('')
    if (tag === name) return view.getUint32(at + 8)
  }
  return undefined
}

function addSegments(view: DataView, at: number, covered: Set<number>): void {
  const double = view.getUint16(at + 6)
  const [ends, starts] = [at + 14, at + 16 + double]
  const [deltas, offsets] = [starts + double, starts + 2 * double]
  for (let i = 0; i < double; i += 2) {
    const [from, to] = [view.getUint16(starts + i), view.getUint16(ends + i)]
    const [delta, offset] = [view.getUint16(deltas + i), view.getUint16(offsets + i)]
    for (let code = from; code <= to && code < 0xffff; code++) {
      const glyph =
        offset === 0 ? (code + delta) & 0xffff : view.getUint16(offsets + i + offset + 2 * (code - from))
      if (glyph !== 0) covered.add(code)
    }
  }
}

function addGroups(view: DataView, at: number, covered: Set<number>): void {
  const groups = view.getUint32(at + 12)
  for (let i = 0; i < groups; i++) {
    const group = at + 16 + 12 * i
    const [from, to] = [view.getUint32(group), view.getUint32(group + 4)]
    for (let code = from; code <= to; code++) covered.add(code)
  }
}

/** The text without what the font cannot draw, each such character replaced by a mark and told. */
export function withKnownGlyphs(
  text: string,
  covered: ReadonlySet<number>,
): { known: string; unknown: string[] } {
  const unknown = new Set<string>()
  let known = ''
  for (const character of text.normalize('NFC').replace(DIRECTION_MARKS, '').replace(CONTROLS, ' ')) {
    const code = character.codePointAt(0) ?? 0
    if (character === '\n' || covered.has(code)) known += character
    else {
      unknown.add(character)
      known += MARK
    }
  }
  return { known, unknown: [...unknown] }
}
