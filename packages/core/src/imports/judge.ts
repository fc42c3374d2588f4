import type { Context } from '../context.ts'
import type { Database } from '../database/connection.ts'
import { countGone } from '../tables/imports/gone.ts'
import { WORK_PREFIX } from '../tables/imports/imported-work.ts'
import {
  countStaged,
  judgeDuplicateIds,
  judgeDuplicates,
  judgeTaken,
  judgeTakenIds,
  listJudged,
} from '../tables/imports/judge.ts'
import { dropExcessSessions, dropRepeatedSessions } from '../tables/imports/merge-sessions.ts'
import { judgeUnproven } from '../tables/imports/replace-unproven.ts'
import { spellCount } from '../words/spell-count.ts'
import type { Tally } from './counts.ts'
import type { ImportOptions } from './options.ts'

const PAGE = 1000
/** What the report calls a decision whose word is another one. */
const wordsOf = ({ replaceUnproven }: ImportOptions): Record<string, string> => ({
  adopt: 'adopted',
  unproven: replaceUnproven ? 'replaced' : 'unproven_here',
})

/** Decides about every staged user, tells each conflict, and counts what will be moved in. Writes staged rows only. */
export async function judgeStaged(db: Database, { source, options, tally, ctx }: JudgeParts): Promise<void> {
  await judgeDuplicateIds(db)
  await judgeDuplicates(db, source)
  await judgeUnproven(db, { source, replace: options.replaceUnproven })
  await judgeTaken(db, { source, adopt: options.adopt })
  await judgeTakenIds(db, source)
  const words = wordsOf(options)
  for (let after = 0; ; ) {
    const page = await listJudged(db, after, PAGE)
    for (const { n: _, word, ...found } of page) await tally.note({ ...found, word: words[word] ?? word })
    if (page.length < PAGE) break
    after = page.at(-1)?.n ?? after
  }
  tally.add('bad_session', await dropRepeatedSessions(db))
  tally.add('too_many_sessions', await dropExcessSessions(db, ctx.config.sessionsPerAccount))
  if (options.final) await countMissing(db, source, tally)
  await countKinds(db, tally)
}

/** So many users may be gone at once. More of them look like half a source, such as a restored copy. */
const MISSING = { users: 10, share: 0.1 }

async function countMissing(db: Database, source: string, { add }: Tally): Promise<void> {
  const { known, gone } = await countGone(db, source)
  if (gone > Math.max(MISSING.users, MISSING.share * known)) add('missing', gone)
}

interface JudgeParts {
  source: string
  options: ImportOptions
  tally: Tally
  ctx: Pick<Context, 'config'>
}

async function countKinds(db: Database, { add }: Tally): Promise<void> {
  const verdicts = await countStaged(db, 'verdict')
  add('accounts', verdicts.account ?? 0)
  add('pending', verdicts.pending ?? 0)
  for (const [role, count] of Object.entries(await countStaged(db, 'role'))) add(`role ${role}`, count)
  for (const [work, count] of Object.entries(await countStaged(db, 'work')))
    add(`${WORK_PREFIX}${work}`, count)
  add('verified', (await countStaged(db, 'email_verified')).true ?? 0)
  add('active', (await countStaged(db, 'is_active')).true ?? 0)
}

const HAVE = { one: 'has', others: 'have' }

/** A conflict that stops the import: its words, its sentence for one user and for others, and the options to go on with. */
const STOPS: [
  string[],
  { one: string; others: string; what: string },
  (options: ImportOptions) => boolean,
][] = [
  [
    ['duplicate_address', 'duplicate_id'],
    {
      one: 'shares',
      others: 'share',
      what: 'an address or a key with another user of the source and would be left out: --accept-duplicates',
    },
    (o) => o.acceptDuplicates,
  ],
  [
    ['taken_here', 'id_taken'],
    {
      ...HAVE,
      what: 'an address or an id that another user has here and would be left out: --adopt ties those whose address is proven on both sides, --accept-taken leaves them out',
    },
    (o) => o.acceptTaken,
  ],
  [
    ['unproven_here'],
    {
      ...HAVE,
      what: 'proven an address that a user here has and never proved: --replace-unproven deletes the user here, --accept-taken leaves those of the source out',
    },
    (o) => o.replaceUnproven || o.acceptTaken,
  ],
  [
    ['missing'],
    // More than ten, see MISSING.
    {
      one: 'was',
      others: 'were',
      what: 'moved in before and are not in the source, more than a tenth of all, and would be deactivated: --accept-missing',
    },
    (o) => o.acceptMissing,
  ],
  [
    ['weak_hash'],
    {
      ...HAVE,
      what: 'a password hash that a computer guesses fast: --weak wrap keeps such passwords, --weak reset does not',
    },
    (o) => o.weak !== 'stop',
  ],
  [
    ['mfa'],
    { ...HAVE, what: 'a second factor: --mfa keep moves it in, --mfa drop leaves it out' },
    (o) => o.mfa !== 'stop',
  ],
  [
    ['mfa_unreadable', 'totp_unreadable'],
    { ...HAVE, what: 'a second factor that cannot be moved in and would be left without it: --mfa drop' },
    (o) => o.mfa === 'drop',
  ],
]

/** Lists, in sentences, what the operator has to decide before anything is written. */
export function findStops({ counts }: Pick<Tally, 'counts'>, options: ImportOptions): string[] {
  return STOPS.flatMap(([words, { one, others, what }, isAccepted]) => {
    const count = words.reduce((sum, word) => sum + (counts[word] ?? 0), 0)
    return count > 0 && !isAccepted(options)
      ? [`${spellCount(count, `user ${one}`, `users ${others}`)} ${what}.`]
      : []
  })
}
