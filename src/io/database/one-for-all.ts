/**
 * Asks once for all who wait: whoever comes while a question is on its way waits for the next one, since the answer
 * under way may be older than them.
 */
export function oneForAll<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  let following: Promise<T> | undefined
  const start = () => {
    const asked = ask().finally(() => {
      running = undefined
    })
    running = asked
    return asked
  }
  return () => {
    if (running === undefined) return start()
    following ??= running
      .catch(() => undefined)
      .then(() => {
        following = undefined
        return start()
      })
    return following
  }
}
