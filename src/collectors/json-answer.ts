/** Texts, and keys among them, what opens and closes, and what readers of the contract take for numbers though JSON has none, or none so long. */
const TOKENS = /"(?:\\.|[^"\\])*"(\s*:)?|[{}[\]]|-?\b(?:NaN|Infinity)\b|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g

/**
 * Reads an answer in JSON, in the encoding that it says; in Windows-1252 when it is no UTF-8. Python writes `NaN`, and reads
 * it back: it is kept as a text, that nobody takes for a number; so is a whole number of sixteen digits or more:
 * 90071992547409931 would lose its last one.
 *
 * @throws when it is no JSON, is deeper than any answer of the contract, or says one of its keys twice: readers would keep
 * one of two lists of slots.
 */
export function readJson(body: Uint8Array, contentType = ''): unknown {
  const text = decoded(body, /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8')
  const keys = new Set<string>()
  let [read, at, depth] = ['', 0, 0]
  for (const { 0: token, 1: colon, index } of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      depth += 1
      if (depth > DEEPEST) throw new SyntaxError('too deep')
    } else if (token === '}' || token === ']') depth -= 1
    else if (!token.startsWith('"')) {
      read += `${text.slice(at, index)}"${token}"`
      at = index + token.length
    } else if (colon !== undefined && depth === 1) {
      const key = token.slice(0, -colon.length)
      if (keys.has(key)) throw new SyntaxError('a key is said twice')
      keys.add(key)
    }
  }
  return JSON.parse(read + text.slice(at))
}

/** Points and slots are three deep; a million brackets hold the thread for seconds. */
const DEEPEST = 100

function decoded(body: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body)
  } catch {
    return new TextDecoder('windows-1252').decode(body)
  }
}
