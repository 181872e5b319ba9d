import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationIdOf, withCommonAnswers } from '../../../src/io/http/common-answers.ts'
import { projectRoot } from '../../../src/io/project-root.ts'
import { appOver, ask } from '../../app.ts'
import { freshDatabase } from '../../database.ts'
import { SIGN_IN, someone } from '../../people.ts'
import { listening } from '../../sockets.ts'

test('adds what stands before every operation, and keeps what one says itself', () => {
  const own = { description: 'À moi', content: {} }
  const document = withCommonAnswers({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths: {
      '/read': { get: { responses: { 200: own } } },
      '/write': { post: { parameters: [], responses: { 201: own, 422: own } }, patch: { responses: {} } },
    },
  })
  const { get } = document.paths?.['/read'] ?? {}
  const { post, patch } = document.paths?.['/write'] ?? {}
  expect(Object.keys(get?.responses ?? {})).toEqual(['200', '400', '401', '403', '429', '431', '503'])
  expect(Object.keys(post?.responses ?? {})).toEqual([
    '201',
    '400',
    '401',
    '403',
    '409',
    '413',
    '415',
    '422',
    '429',
    '431',
    '503',
  ])
  expect(Object.keys(patch?.responses ?? {}).join(' ')).toBe('400 401 403 413 415 429 431 503')
  expect(post?.responses?.['422']).toBe(own)
  expect(post?.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }])
  expect(document.components?.schemas).toHaveProperty('Problem')
})

test('an operation is named after its method and the words of its path', () => {
  expect(operationIdOf('get', '/api/waits/{place}/projection.csv')).toBe('getWaitsByPlaceProjectionCsv')
  expect(operationIdOf('post', '/api/imports/long')).toBe('postImportsLong')
})

describe('the description of the service', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let folder: string
  let server: Awaited<ReturnType<typeof listening>>
  let headers: Record<string, string>
  beforeAll(async () => {
    database = await freshDatabase()
    const app = appOver(database.db, { signIn: SIGN_IN, requestsPerMinute: 100_000 })
    server = await listening(app.fetch)
    ;({ headers } = await someone(database.db, 'prefecture'))
    // Under the project, whose compiler and packages the client finds.
    await mkdir(join(projectRoot(), '.data'), { recursive: true })
    folder = await mkdtemp(join(projectRoot(), '.data', 'client-'))
    await writeFile(join(folder, 'openapi.json'), await (await ask(app, '/openapi.json')).text())
  })
  afterAll(async () => {
    await server.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })
  const run = (command: string, ...args: string[]) =>
    promisify(execFile)(join(projectRoot(), 'node_modules', '.bin', command), args, {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', CI: 'true' },
    })

  test('names its operations once each, and says which ask for a token', async () => {
    const { paths } = JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, { operationId: string; security: object[] }>>
    }
    const operations = Object.values(paths).flatMap(item => Object.values(item))
    expect(new Set(operations.map(one => one.operationId)).size).toBe(operations.length)
    expect(paths['/api/waits']?.['get']?.security).toEqual([{}, { token: [] }])
    expect(paths['/api/publications']?.['get']?.security).toEqual([{ token: [] }])
    expect(paths['/api/imports']?.['post']?.security).toEqual([{ token: [] }])
  })

  test('has no fault that a linter finds', async () => {
    // « templates » is no identifier of an import, which the router knows and the linter does not.
    const { stdout, stderr } = await run(
      'redocly',
      'lint',
      'openapi.json',
      '--skip-rule=no-ambiguous-paths',
      // The service of the test is at localhost.
      '--skip-rule=no-server-example.com',
      '--format=summary',
    )
    expect(stdout + stderr).toContain('Your API description is valid')
    expect(stdout + stderr).not.toMatch(/You have \d+ warning|\berror /)
  })

  test('gives a client that compiles, signs in with a token and reads', async () => {
    await run('swagger-typescript-api', 'generate', '-p', 'openapi.json', '-o', '.', '-n', 'client.ts')
    const compilerOptions = {
      strict: true,
      skipLibCheck: true,
      target: 'es2022',
      module: 'nodenext',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
    }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['client.ts'] }))
    await writeFile(join(folder, 'package.json'), '{"type":"module"}')
    await run('tsc', '-p', 'tsconfig.json')
    const program = `
      import { Api } from './client.js'
      const token = process.argv[2]
      const api = new Api({
        baseUrl: 'http://localhost:${server.port}',
        securityWorker: key => (key ? { headers: { authorization: 'Bearer ' + key } } : {}),
      })
      const delays = await api.api.getDelays({ place: '16' }, { format: 'json' })
      const refused = await api.api.getPublications({}, { format: 'json', secure: true }).catch(answer => answer)
      api.setSecurityData(token)
      const drafts = await api.api.getPublications({}, { format: 'json', secure: true })
      console.log(JSON.stringify([delays.status, delays.data.series.length > 0, refused.status, drafts.status]))`
    await writeFile(join(folder, 'program.mjs'), program)
    const key = headers['authorization']?.replace('Bearer ', '') ?? ''
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs', key], { cwd: folder })
    expect(JSON.parse(stdout)).toEqual([200, true, 401, 200])
  }, 180_000)
})
