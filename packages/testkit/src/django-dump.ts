import { readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'

const DUMP = new URL('../fixtures/django/deployment-1.5.1.sql', import.meta.url)

/** Loads the dump of the old deployment into an empty database, as `psql` does. */
export async function loadDjangoDump(url: string): Promise<void> {
  const dump = await readFile(DUMP, 'utf8')
  // The dump sets the search path of its connection.
  const sql = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} })
  const statements = dump.replaceAll(/^\\(?:un)?restrict .*$/gm, '')
  let from = 0
  for (const copy of statements.matchAll(/^(COPY [^\n]* FROM stdin);\n(.*?)^\\\.$/gms)) {
    await sql.unsafe(statements.slice(from, copy.index))
    const [whole, command = '', rows = ''] = copy
    await pipeline([rows], await sql.unsafe(command).writable())
    from = copy.index + whole.length
  }
  await sql.unsafe(statements.slice(from))
  await sql.end()
}
