import { and, asc, eq, gt, like, sql } from 'drizzle-orm'
import type { Database } from '../../database/connection.ts'
import type { PasswordForm } from '../../words/password-form.ts'
import { imports } from '../imports/schema.ts'
import { users } from '../users/schema.ts'
import { importedUsers } from './schema.ts'

/** A hash of ours in the place of the one that was moved in. */
export interface OwnHash {
  oldId: string
  passwordHash: string
  passwordForm: PasswordForm
}

/**
 * Lists the users of a source whose hash is one of ours, in the order of their keys. A user that was here before the import
 * is left out: its password was never that of the source.
 */
export function listOwnHashes(
  db: Database,
  query: { source: string; after: string | null; limit: number },
): Promise<OwnHash[]> {
  const { source, after, limit } = query
  const { passwordHash, passwordForm } = users
  return db
    .select({ oldId: importedUsers.oldId, passwordHash, passwordForm })
    .from(importedUsers)
    .innerJoin(users, eq(users.id, importedUsers.userId))
    .where(
      and(
        eq(importedUsers.source, source),
        eq(importedUsers.state, 'account'),
        after === null ? undefined : gt(importedUsers.oldId, sql`${after}::text`),
        like(passwordHash, '$argon2id$%'),
      ),
    )
    .orderBy(asc(importedUsers.oldId))
    .limit(limit)
}

/** Lists the names of the Django deployments that users were moved in from. */
export async function listDjangoSources(db: Database): Promise<string[]> {
  const { source, kind } = imports
  const rows = await db.selectDistinct({ source }).from(imports).where(eq(kind, 'django')).orderBy(source)
  return rows.map((row) => row.source)
}
