import type { Context } from '../context.ts'
import { listDjangoSources, listOwnHashes } from '../tables/imported-users/passwords.ts'

const PAGE = 1_000

/** A password that a Django deployment can take back. */
export interface DjangoPassword {
  /** The key of the user there, as text. */
  id: string
  /** What belongs into the column `password`: `argon2$argon2id$v=19$…`. */
  password: string
  /**
   * `upgraded`: the password is still that of the source, and only its hash is new. `set`: it was chosen here. Django cuts the
   * blanks at the ends of what is typed, so it refuses a chosen password that begins or ends with one.
   */
  change: 'upgraded' | 'set'
}

/** Lists the Django deployments that users were moved in from, by the name that their imports have. */
export function findDjangoSources({ db }: Pick<Context, 'db'>): Promise<string[]> {
  return listDjangoSources(db)
}

/**
 * Lists the passwords of moved-in users whose hash was made here, for the way back. A user that has not signed in here by its
 * password is not among them, because the source has its hash.
 *
 * @param source - of {@link findDjangoSources}
 * @returns pages of at most 1,000, in the order of the keys as text
 */
export async function* exportDjangoPasswords(
  { db }: Pick<Context, 'db'>,
  source: string,
): AsyncGenerator<DjangoPassword[]> {
  let after: string | null = null
  for (;;) {
    const page = await listOwnHashes(db, { source, after, limit: PAGE })
    if (page.length === 0) return
    yield page.map(({ oldId, passwordHash, passwordForm }) => ({
      id: oldId,
      password: `argon2${passwordHash}`,
      change: passwordForm === 1 ? 'upgraded' : 'set',
    }))
    after = page.at(-1)?.oldId ?? null
  }
}
