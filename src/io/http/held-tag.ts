/** What a caller holds already (RFC 9110, 13.1.2): these tags, or anything that exists. */
export type Held = '*' | ReadonlySet<string>

/** Reads If-None-Match; tags are compared weakly, so that `W/` says nothing. @example `"a", W/"b"` holds a and b. */
export function heldTags(header: string | undefined): Held {
  if (header?.trim() === '*') return '*'
  return new Set(
    [...(header ?? '').matchAll(/(?:W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"/g)].map(match => match[1]!),
  )
}

/** Whether a caller holds the answer of a tag. */
export function holds(held: Held, tag: string): boolean {
  return held === '*' || held.has(tag.replace(/^W\//, '').slice(1, -1))
}
