import type { Context } from 'hono'
import { API } from '../../pure/access/paths.ts'

/** A problem document (RFC 9457) with a stable `code` for programs and French words for people. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  instance?: string
  [extension: string]: unknown
}

/** Whether the caller reads pages rather than data: a browser asks for HTML and not for an address under /api. */
export function wantsPage(c: Context): boolean {
  return !c.req.path.startsWith(API) && (c.req.header('accept') ?? '').includes('text/html')
}
