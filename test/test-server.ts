import pg from 'pg'

/** What a test file needs to make its own database: a server where it may, and the database to copy. */
export interface TestServer {
  adminUrl: string
  template: string
}

/** The same server, another database. */
export function onDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

/** Runs one statement in a session of its own, ended when this resolves. */
export async function runOnce(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'vigie-titres tests' })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
