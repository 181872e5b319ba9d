/** Runs a command to its exit code; an error that it throws is told in one line and makes it 1. */
export function runCommand(main: () => Promise<number>): void {
  main().then(
    code => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error))
      process.exit(1)
    },
  )
}
