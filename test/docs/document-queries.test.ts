import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { POLICY } from '../../src/access/policy.ts'
import { readSettings, SETTING_NAMES } from '../../src/config.ts'
import { GUIDES, guideAt } from '../../src/docs/document-queries.ts'
import { bare } from '../../src/docs/guide.ts'
import { databaseRole } from '../../src/io/database/acting.ts'
import { projectRoot } from '../../src/io/project-root.ts'
import { ROLES } from '../../src/pure/access/identity.ts'

const read = (path: string) => readFileSync(join(projectRoot(), path), 'utf8')
// What the platform and the C library read, not the program.
const OWN = ['NODE_ENV', 'MALLOC_ARENA_MAX']

/** The rows of a table of the guides, by its caption. */
function rowsOf(caption: string): string[][] {
  const parts = GUIDES.map(guideAt).flatMap(({ sections }) => sections.flatMap(({ parts }) => parts))
  const table = parts.find(part => 'caption' in part && part.caption === caption)
  return table !== undefined && 'rows' in table ? table.rows.map(row => row.map(bare)) : []
}

const SETTINGS = rowsOf('Variables d’environnement').map(([name = '', , otherwise]) => ({ name, otherwise }))
const CONTROLS = rowsOf('Contrôles et preuves').map(([section = '', , state = '', , evidence = '']) => ({
  section,
  state,
  evidence: evidence.split(', ').filter(path => path !== ''),
}))

test('the table says every setting that the program reads, in its order, and no other', () => {
  expect(SETTINGS.map(({ name }) => name)).toEqual(SETTING_NAMES)
})

test('the value it gives for an absent one is the one that holds', () => {
  const held = readSettings({})
  const told = (name: string) => SETTINGS.find(setting => setting.name === name)?.otherwise
  expect(told('HOST')).toBe(held.host)
  expect(told('PORT')).toBe(String(held.port))
  expect(told('DATA_DIR')).toBe(held.dataDir)
  expect(told('DEPARTMENT')).toBe(held.department)
  expect(told('LOG_LEVEL')).toBe(held.logLevel)
  expect(told('DRAIN_SECONDS')).toBe(String(held.drainSeconds))
})

test('every piece of evidence exists, and what is said done has some', () => {
  const cited = CONTROLS.flatMap(({ evidence }) => evidence)
  expect(cited.filter(path => !existsSync(join(projectRoot(), path)))).toEqual([])
  expect(
    CONTROLS.filter(({ state, evidence }) => ['fait', 'en partie'].includes(state) && evidence.length === 0),
  ).toEqual([])
})

test('what is said done or done in part is shown by a test, or by a document that somebody reads', () => {
  const shows = (path: string) =>
    /\.test\.tsx?$|^\.(deploy|github)\/|^(package-lock|tsconfig)\.json$/.test(path)
  expect(
    CONTROLS.filter(
      ({ state, evidence }) => ['fait', 'en partie'].includes(state) && !evidence.some(shows),
    ).map(({ section }) => section),
  ).toEqual([])
})

test('every chapter of the standard is answered, each section once', () => {
  const chapters = new Set(CONTROLS.map(({ section }) => section.split('.')[0]))
  expect([...chapters]).toEqual(Array.from({ length: 17 }, (_, i) => `V${i + 1}`))
  expect(new Set(CONTROLS.map(({ section }) => section)).size).toBe(CONTROLS.length)
})

test('the security file counts its controls as they stand', () => {
  const count = (state: string) => CONTROLS.filter(control => control.state === state).length
  const counts = `${count('fait')} faits, ${count('en partie')} en partie, ${count('pas fait')} pas faits, ${count('sans objet')} sans objet`
  expect(read('src/docs/securite.md')).toContain(counts)
})

test('the guide and the files of deployment name the same unit', () => {
  expect(read('src/docs/exploiter.md')).toContain('.deploy/vigie-titres.service')
})

describe('the container', () => {
  const text = read('.deploy/Containerfile')
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))

  test('takes its base from the builder, who pins it, and never a moving name', () => {
    const bases = lines.filter(line => line.startsWith('FROM'))
    expect(bases).toHaveLength(2)
    expect(bases.every(line => line.split(' ')[1]?.endsWith('{BASE}'))).toBe(true)
    expect(text).not.toMatch(/latest/)
    expect(text).toMatch(/BASE=\S+@sha256:/)
  })

  test('runs as nobody, installs without scripts, fetches nothing, stops when told, says that it lives', () => {
    expect(lines.findLast(line => line.startsWith('USER'))).toBe('USER 10001:10001')
    expect(lines.filter(line => line.startsWith('ADD'))).toEqual([])
    expect(text).toContain('npm ci --no-audit --no-fund --ignore-scripts')
    expect(text).toContain('STOPSIGNAL SIGTERM')
    expect(text).toMatch(/HEALTHCHECK[\s\S]*\/livez/)
  })

  test('copies only what the build and the service need', () => {
    const copied = lines.flatMap(line => /^COPY (?:--\S+ )*(\S+)/.exec(line)?.[1] ?? [])
    expect(copied).not.toContain('.')
    expect(copied).toContain('sql')
  })
})

describe('the compose file', () => {
  const text = read('.deploy/compose.yaml')

  test('names images through the environment, and shows no password', () => {
    const images = [...text.matchAll(/image: (.*)/g)].map(match => match[1])
    expect(images).toHaveLength(3)
    expect(images.every(image => image?.endsWith('by digest}'))).toBe(true)
    expect(images.every(image => /^\$\{[A-Z_]+:\?/.test(image ?? ''))).toBe(true)
    expect(text).not.toMatch(/latest|(PASSWORD|SECRET|DATABASE_URL): /)
  })

  test('mounts the service read-only, without rights', () => {
    for (const guard of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'internal: true'])
      expect(text).toContain(guard)
  })
})

describe('the program in containers', () => {
  const text = read('.deploy/compose.yaml')
  const settingsOf = (service: string) => {
    const block = new RegExp(`^  ${service}:\\n([\\s\\S]*?)\\n\\n`, 'm').exec(text)?.[1] ?? ''
    const environment = /^ {4}environment:\n((?: {6}\S.*\n)+)/m.exec(block)?.[1] ?? ''
    return [...environment.matchAll(/^ {6}([A-Z_]+):/gm)].map(match => match[1]?.replace(/_FILE$/, '') ?? '')
  }

  test('is given settings that it reads, and those without which it opens to nobody', () => {
    const [service, worker] = [settingsOf('service'), settingsOf('worker')]
    expect([...service, ...worker].filter(name => !SETTING_NAMES.includes(name))).toEqual([])
    for (const name of ['PUBLIC_URL', 'OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
      expect(service).toContain(name)
    expect(worker).toEqual(['DATABASE_URL'])
  })

  test('projects in a process of its own, which has no door', () => {
    const command = JSON.parse(read('package.json')).scripts.worker.split(' ').join(', ')
    expect(text).toContain(`command: [${command}]`)
    expect(existsSync(join(projectRoot(), 'scripts/worker.ts'))).toBe(true)
  })

  test('meets a database whose ordinary role may take those of requests', () => {
    const script = read('.deploy/database.sh')
    for (const role of ROLES) expect(script).toContain(`create role ${databaseRole(role)} nologin;`)
    expect(script).toContain(`grant ${ROLES.map(databaseRole).join(', ')} to vigie;`)
    expect(script).not.toMatch(/superuser;|bypassrls/)
    expect(text).toContain('./database.sh:/docker-entrypoint-initdb.d/vigie.sh:ro')
  })
})

test('the proxy asks under the public name, and tells the address of the caller as the service is set to read it', () => {
  const proxy = read('.deploy/nginx.conf')
  expect(proxy).toContain('proxy_set_header Host $host;')
  const header = /CLIENT_ADDRESS_HEADER: (\S+)/.exec(read('.deploy/compose.yaml'))?.[1] ?? ''
  expect(proxy.toLowerCase()).toContain(`proxy_set_header ${header} $remote_addr;`)
  const streamed = POLICY.filter(rule => rule.brings === 'long-file').flatMap(rule => rule.routes)
  for (const route of streamed.filter(route => route.startsWith('POST ')))
    expect(proxy).toContain(`location = ${route.slice('POST '.length)} {`)
})

describe('the unit', () => {
  const text = read('.deploy/vigie-titres.service')

  test('sets only what the program reads', () => {
    const set = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(match =>
      (match[1] ?? '').split(' ').map(pair => pair.split('=')[0] ?? ''),
    )
    expect(set.filter(name => !SETTING_NAMES.includes(name) && !OWN.includes(name))).toEqual([])
  })

  test('gives the service longer to leave than it takes', () => {
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1])).toBeGreaterThan(5 + 10)
  })

  const analyze = ['/usr/bin/systemd-analyze', '/bin/systemd-analyze'].find(path => {
    try {
      execFileSync(path, ['--version'])
      return true
    } catch {
      return false
    }
  })
  test.runIf(analyze)('is exposed 1.5 at most', () => {
    const said = execFileSync(analyze!, [
      'security',
      '--offline=true',
      join(projectRoot(), '.deploy/vigie-titres.service'),
    ]).toString()
    expect(Number(/exposure level[^:]*: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(1.5)
  })
})
