import type { OpenAPIHono } from '@hono/zod-openapi'
import { createApp, type Ground } from '../src/app.tsx'

/** The whole service over a database of its own, for a test that asks it as a browser or a program would. */
export function appOver(db: Ground['db'], changes: Partial<Ground> = {}): OpenAPIHono {
  return createApp({
    db,
    today: () => '2026-11-24',
    department: '16',
    departmentName: 'Charente',
    stateIdentity: undefined,
    dsfrDist: undefined,
    version: '0.0.0-test',
    report: error => {
      throw error
    },
    ...changes,
  })
}

/** Asks an address of this machine. */
export async function ask(app: OpenAPIHono, path: string, init?: RequestInit): Promise<Response> {
  return app.request(`http://localhost${path}`, init)
}

/** The JSON of an answer, typed by the test that reads it. */
export async function jsonOf<T>(response: Response): Promise<T> {
  return (await response.json()) as T
}

/** The text of a page, its explained words read in their sentences. */
export async function pageOf(response: Response): Promise<string> {
  return (await response.text()).replace(/<button type="button" class="word"[^>]*>([^<]*)<\/button>/g, '$1')
}
