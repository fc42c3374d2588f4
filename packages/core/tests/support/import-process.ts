import { DEFAULT_CORE_CONFIG } from '../../src/context.ts'
import { createClock } from '../../src/database/clock.ts'
import type { SourceSession, SourceUser } from '../../src/imports/records.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { deriveSecrets } from '../../src/services/keys/derived-keys.ts'
import { NO_PROVIDERS } from '../../src/services/providers/providers.ts'
import { makeUpSession, makeUpSource, makeUpUser, RUN } from './made-up-source.ts'

/*
 * Imports generated users, each with a session, in a process that a test can kill or give little memory. It writes a line
 * for each step, and at the end the most memory that it had.
 */

const [url = '', count = ''] = process.argv.slice(2)
const users = Number(count)

/** Nothing of a batch is kept, so that the memory of the process is that of the import. */
async function* generate<Item>(make: (oldId: string) => Item): AsyncGenerator<Item[]> {
  for (let from = 0; from < users; from += 1000) {
    const size = Math.min(1000, users - from)
    yield Array.from({ length: size }, (_, index) => make(String(from + index + 1)))
  }
}

const source = makeUpSource([], {
  name: 'generated',
  count: async () => ({ users, sessions: users }),
  users: () => generate<SourceUser>((oldId) => makeUpUser({ oldId })),
  sessions: () => generate<SourceSession>((oldId) => makeUpSession(oldId)),
})
const config = { ...DEFAULT_CORE_CONFIG } as Parameters<typeof runImport>[0]['config']
// No weak hash is wrapped, so nothing is hashed.
const hasher = {} as Parameters<typeof runImport>[0]['hasher']
const ctx = {
  clock: createClock(),
  secrets: deriveSecrets('a secret of a test, long enough to be one', []),
  config,
  hasher,
  providers: NO_PROVIDERS,
}
const { counts } = await runImport(ctx, { url, poolSize: 1, prepare: true }, source, {
  ...RUN,
  onProgress: (progress) => console.log(JSON.stringify(progress)),
})
console.log(JSON.stringify({ counts }))
