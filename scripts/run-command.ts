/** Runs a command to its exit code; an error that it throws is told in one line and makes it 1. */
export function runCommand(main: () => Promise<number>): void {
  // Whoever read what it tells may leave (`| head`): the work goes on, and nothing more is told.
  for (const told of [process.stdout, process.stderr])
    told.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  main().then(
    code => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error))
      process.exit(1)
    },
  )
}
