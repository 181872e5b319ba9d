import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { Expected } from './io/expected.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Starts the service: the rest of the program is read while the server of its database starts. */
async function main(): Promise<void> {
  keepCompiled()
  const [{ readSettings }, { openDatabase }] = await Promise.all([
    import('./config.ts'),
    import('./io/database/open.ts'),
  ])
  const settings = readSettings(process.env)
  say('Vigie Titres démarre…')
  const rest = () => import('./serve.ts')
  const service = await openDatabase({
    ...settings,
    log: { info: say, warn: say, error: say },
    onWait: () => void rest().catch(() => undefined),
  })
  const { serve } = await rest()
  await serve(settings, service, say)
}

/** Keeps what Node compiles for the next start, where it can (22.8). */
function keepCompiled(): void {
  const keep: unknown = Reflect.get(module, 'enableCompileCache')
  if (typeof keep === 'function') keep(fileURLToPath(new URL('../.compile-cache', import.meta.url)))
}

main().catch((error: unknown) => {
  const told = error instanceof Error ? (error instanceof Expected ? error.message : error.stack) : error
  process.stderr.write(`${String(told)}\n`)
  process.exit(1)
})
