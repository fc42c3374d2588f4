import type { Signals, Watch } from '@latchkey/core'
import type { Instruments } from './instruments.ts'

type Counting = { [Name in keyof Signals]: (details: Signals[Name], instruments: Instruments) => void }

/** What each signal of the core adds to. A new signal without an entry does not compile. */
const COUNTING: Counting = {
  hash_began: ({ waitedSeconds }, { hashWaitSeconds }) => hashWaitSeconds.observe(waitedSeconds),
  hash_refused: (_, { hashesRefused }) => hashesRefused.inc(),
  refresh_replayed: (_, { replays }) => replays.inc(),
  session_moved_in: (_, { movedIn }) => movedIn.inc(),
  refresh_graced: ({ client }, { graceAnswers }) => graceAnswers.inc({ client }),
  proof_refused: ({ reason }, { proofsRefused }) => proofsRefused.inc({ reason }),
  refresh_answered_late: ({ by }, { lateAnswers }) => lateAnswers.inc({ by }),
  refresh_late: (_, { lateRefreshes }) => lateRefreshes.inc(),
  throttled: ({ limit }, { throttled }) => throttled.inc({ limit }),
  mail_settled: ({ outcome }, { mailAttempts }) => mailAttempts.inc({ outcome }),
  provider_failed: ({ provider }, { providerFailures }) => providerFailures.inc({ provider }),
  commit_unconfirmed: (_, { unconfirmed }) => unconfirmed.inc(),
}

/** Makes the listener that counts the signals of the core. */
export function countSignals(instruments: Instruments): Watch['note'] {
  return (name, details) => COUNTING[name](details, instruments)
}
