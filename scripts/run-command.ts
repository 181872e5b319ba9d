/**
 * Runs a command to its exit code; an error that it throws is told in one line and makes it 1. Asked for help, it tells how it
 * is used; so it does, with 2, of an option that it does not have or that is wrong (`misused`).
 */
export function runCommand(usage: string, main: () => Promise<number | 'misused'>): void {
  // Whoever read what it tells may leave (`| head`): the work goes on, and nothing more is told.
  for (const told of [process.stdout, process.stderr])
    told.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  main().then(
    code => {
      if (code === 'misused') console.error(usage)
      process.exit(code === 'misused' ? 2 : code)
    },
    (error: Error & { code?: string }) => {
      const option = error.code?.startsWith('ERR_PARSE_ARGS')
        ? /'(-[^' ]+)/.exec(error.message)?.[1]
        : undefined
      console.error(
        option === undefined ? error.message : `Option inconnue ou sans sa valeur : ${option}\n${usage}`,
      )
      process.exit(option === undefined ? 1 : 2)
    },
  )
}
