import { runnerImport } from 'vite'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
const { module: { openEmbedded } } = await runnerImport('/work/main/src/io/database/embedded.ts')
const pg = (await import('pg')).default
const dataDir = '/tmp/vigie-kills'
rmSync(dataDir, { recursive: true, force: true })
const log = { info() {}, warn() {}, error: console.error }
let lost = 0, acked = 0, worst = 0, times = []
for (let i = 0; i < 60; i++) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `import { runnerImport } from 'vite'; await runnerImport('/work/main/test/io/database/opener.ts')`], { env: { ...process.env, OPENER_DATA_DIR: dataDir }, stdio: ['pipe', 'pipe', 'inherit'] })
  let last = 0, buf = ''
  child.stdout.on('data', d => { buf += d; const lines = buf.split('\n'); buf = lines.pop(); for (const l of lines) if (l === 'ready') { child.stdin.write('write\n'); setTimeout(kill, Math.random() * 400) } else last = Number(l) })
  function kill() {
    child.kill('SIGKILL')
    if (i % 2) { const pid = Number(readFileSync(dataDir + '/postgres/postmaster.pid', 'utf8').split('\n')[0]); process.kill(pid, 'SIGKILL') }
  }
  await once(child, 'close')
  const t = performance.now()
  const s = await openEmbedded({ dataDir, log })
  times.push(performance.now() - t)
  const c = new pg.Client(s.connection); await c.connect()
  const r = last ? (await c.query('select count(*)::int n, coalesce(max(number),0) m from written')).rows[0] : { n: 0, m: 0 }
  if (r.m < last || r.n !== r.m) { lost++; console.log('LOST', i, last, r) }
  acked += last
  await c.query('drop table if exists written'); await c.end()
  if (i % 3 === 0) await s.close()
  else s.close()  // overlap
  await new Promise(r => setTimeout(r, 50))
}
await new Promise(r => setTimeout(r, 500))
const s = await openEmbedded({ dataDir, log }); await s.close()
times.sort((a, b) => a - b)
console.log({ acked, lost, medianMs: times[30], maxMs: times.at(-1) })
rmSync(dataDir, { recursive: true })
