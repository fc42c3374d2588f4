import { expect } from 'vitest'
import type { SessionId, UserId } from '../../src/words/ids.ts'
import { DAY_SECONDS } from '../../src/words/time.ts'
import { inSeconds, type rowsOf } from './rows.ts'

// The files of a worker share these moments, and the grace is so long that they stay right.
const GRACE_SECONDS = DAY_SECONDS
export const [KEY, OTHER_KEY] = ['ab'.repeat(16), 'cd'.repeat(16)]
export const KEYED = { rotation_key: Buffer.from(KEY, 'hex') }
export const BOUND = { jkt: 'thumbprint', bound_by: 'dpop' }
export const ROTATED = { generation: 3, rotated_at: inSeconds(-2 * DAY_SECONDS) }
export const WITHIN_GRACE = { rotated_at: inSeconds(-10) }
/** The clock was put back. */
export const AHEAD = { rotated_at: inSeconds(DAY_SECONDS) }

/** What differs from a session of generation 3 whose token of generation 3 is presented. */
export interface Case {
  user?: object
  session?: object
  presented?: Partial<typeof PRESENTED>
  /** Whose token it is, when it is not the user of the session. */
  isOfAnother?: true
}

const PRESENTED = {
  generation: 3,
  rotationKey: null as string | null,
  jkt: null as string | null,
  begun: 0,
  verifiedOnly: true,
  graceSeconds: GRACE_SECONDS,
  idleSeconds: 3600,
  lifetimeSeconds: null,
  ip: '203.0.113.7',
}
export type Presented = typeof PRESENTED & { userId: UserId; sessionId: SessionId }

/** Runs a statement beside the same session of another user and a second session of the user, which it leaves alone. */
export async function presentTo<T>(
  rows: ReturnType<typeof rowsOf>,
  statement: (presented: Presented) => Promise<T>,
  given: Case,
): Promise<T> {
  const [own, other] = [
    await rows.addUser({ email_verified: true, ...given.user }),
    await rows.addUser({ email_verified: true }),
  ]
  const session = { ...ROTATED, ...given.session }
  const sessionId = await rows.addSession(own, session)
  await rows.addSession(own, session)
  await rows.addSession(other, session)
  const listOthers = async () => (await rows.list('sessions')).filter((row) => !row.includes(sessionId))
  const before = await listOthers()
  const userId = given.isOfAnother ? other : own
  const answer = await statement({ ...PRESENTED, ...given.presented, userId, sessionId })
  expect(await listOthers()).toEqual(before)
  return answer
}
