/** The locks of a table that PostgreSQL knows, from the weakest to the strongest, in the words of its documentation. */
export const LOCK_LEVELS = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const

/** One of {@link LOCK_LEVELS}. */
export type LockLevel = (typeof LOCK_LEVELS)[number]

/** What a server that serves cannot do on the table meanwhile. */
export type Blocked = 'reads and writes' | 'writes' | 'nothing'

/** Answers whether a lock conflicts with more than another one. */
export function isStronger(one: LockLevel, other: LockLevel): boolean {
  return LOCK_LEVELS.indexOf(one) > LOCK_LEVELS.indexOf(other)
}

/** Tells what servers wait with while a lock is held. */
export function blockedBy(lock: LockLevel): Blocked {
  if (lock === 'ACCESS EXCLUSIVE') return 'reads and writes'
  return isStronger(lock, 'SHARE UPDATE EXCLUSIVE') ? 'writes' : 'nothing'
}

/** What a statement does with the rows of a table while it holds the lock. */
export type TableWork = 'none' | 'scan' | 'index' | 'rewrite'

/** What a statement of a migration does to a table. */
export interface Effect {
  table: string
  lock: LockLevel
  work: TableWork
}
