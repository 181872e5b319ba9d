import { destination, type Logger, pino } from 'pino'

/** The program's own lines for the operator, as JSON; bugs carry their stack, refusals are not logged. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  )
}
