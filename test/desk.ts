import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { inject } from 'vitest'

/** What the test files ask of the run that they are part of: the database server, or the compiled program. */
export type DeskQuestion = 'database' | 'compile'

/** Asks the desk of the run, which does each thing once, at the first question. */
export async function askDesk(question: DeskQuestion): Promise<unknown> {
  const socket = connect(inject('testServerSocket'))
  socket.write(question)
  const answer: unknown = JSON.parse(await text(socket))
  if (answer instanceof Object && 'error' in answer) throw new Error(`no ${question}: ${answer.error}`)
  return answer
}
