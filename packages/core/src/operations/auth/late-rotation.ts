import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../context.ts'
import { findSilence } from '../../database/deadline.ts'
import { describeFault } from '../../database/describe-fault.ts'
import { restartGrace } from '../../tables/sessions/restart-grace.ts'
import type { PresentedGeneration } from '../../tables/sessions/rotate.ts'

/** A rotation that took more than this share of the grace may have become visible noticeably late. */
const LATE_SHARE = 0.1
const PAUSES_MILLISECONDS = [0, 1000, 5000, 15_000, 30_000]

/**
 * Runs a rotation, and starts its grace anew when it became visible late.
 *
 * A commit can wait long: for a standby, or on a database that froze. The grace is counted from a time before that wait.
 * Without this, honest clients that retry after the wait would look like thieves. The process says so to the row when the
 * rotation has ended, also when its caller got no answer any more.
 *
 * @param presented - the session, and the generation that the rotation leaves
 */
export async function withPunctualGrace<T>(
  ctx: Context,
  presented: PresentedGeneration,
  rotate: () => Promise<T | null>,
): Promise<T | null> {
  const { refreshGraceSeconds: graceSeconds } = ctx.config
  // Without a grace there is nothing to start anew.
  if (graceSeconds === 0) return rotate()
  const startedAt = performance.now()
  const rotated = { ...presented, generation: presented.generation + 1 }
  try {
    const result = await rotate()
    const isLate = performance.now() - startedAt > graceSeconds * 1000 * LATE_SHARE
    if (result && isLate) void startGraceNow(ctx, rotated)
    return result
  } catch (error) {
    void findSilence(error)?.outcome.then((outcome) => {
      if (outcome !== 'refused') void startGraceNow(ctx, rotated)
    })
    throw error
  }
}

async function startGraceNow(ctx: Context, rotated: PresentedGeneration): Promise<void> {
  ctx.watch.note('refresh_late', {})
  for (const pause of PAUSES_MILLISECONDS) {
    await sleep(pause, undefined, { ref: false })
    try {
      return await restartGrace(ctx.db, ctx.clock, rotated)
    } catch (error) {
      ctx.log.warn(
        { event: 'grace_not_restarted', session: rotated.sessionId, fault: describeFault(error) },
        'a rotation became visible late, and its grace could not be started anew yet',
      )
    }
  }
}
