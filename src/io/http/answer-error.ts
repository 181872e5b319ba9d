import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { REFUSALS, Refusal } from '../../errors.ts'
import { paths } from '../../pure/access/paths.ts'
import { ProblemPage } from '../../pure/pages/problem-page.tsx'
import { errorCode, isAway, isUnstorable } from '../database/unavailable.ts'
import { html } from './page.ts'
import { type Problem, wantsPage } from './problem.ts'

/** Told of every bug: an error that is nobody's refusal. */
export type Report = (error: unknown, request: { id: string; method: string; path: string }) => void

/** Answers whatever was thrown, as a page or as a problem document. */
export function answerError(
  error: Error,
  c: Context,
  { report }: { report: Report },
): Response | Promise<Response> {
  const problem = problemOf(error, c)
  if (problem.status === 500 || problem.code === 'database-unavailable')
    report(error, { id: c.get('requestId'), method: c.req.method, path: c.req.path })
  if (problem['retryAfter'] !== undefined) c.header('retry-after', String(problem['retryAfter']))
  else if (problem.status === 503) c.header('retry-after', '2')
  if (wantsPage(c)) return html(c, ProblemPage({ path: c.req.path, problem }), problem.status as 400)
  return c.body(JSON.stringify(problem), problem.status as ContentfulStatusCode, {
    'content-type': 'application/problem+json',
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  })
}

function problemOf(error: Error, c: Context): Problem {
  const told = (code: string, { status, title }: { status: number; title: string }, detail: string) => ({
    type: `${paths.document({ slug: 'errors' })}#${code}`,
    title,
    status,
    detail,
    code,
    instance: `urn:request:${c.get('requestId')}`,
  })
  const refusal = refusalOf(error)
  if (refusal !== undefined)
    return { ...told(refusal.code, REFUSALS[refusal.code], refusal.message), ...refusal.extensions }
  if (error instanceof HTTPException && error.status < 500)
    return told(
      'invalid-body',
      { ...REFUSALS['invalid-body'], status: error.status },
      'La requête n’a pas pu être lue : vérifiez son format et son type de contenu.',
    )
  return told(
    'internal-error',
    { status: 500, title: 'Erreur interne' },
    'Le service a rencontré un défaut. Rien n’a été perdu ; réessayez, puis signalez le numéro de la demande.',
  )
}

/** What is refused, by the program or by its database; `undefined` for a bug. */
function refusalOf(error: Error): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (isAway(error))
    return new Refusal('database-unavailable', 'La base ne répond pas : redemandez dans quelques secondes.')
  if (errorCode(error) === 'ECONNRESET')
    return new Refusal('invalid-body', 'La demande n’est pas arrivée entière : envoyez-la de nouveau.')
  if (errorCode(error) === '42501')
    return new Refusal(
      'forbidden',
      'La base a refusé cette écriture : votre compte ne répond pas de ce lieu.',
    )
  if (isUnstorable(error))
    return new Refusal(
      'invalid-parameter',
      'Un texte contient un caractère nul, ou la moitié d’un caractère : retirez-le.',
    )
  return undefined
}
