import { LIMIT_NAMES } from '@latchkey/core'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Most calls take milliseconds. A sign-in takes tens of them, and waits for seconds on a full server. */
const CALL_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const WAIT_BUCKETS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** What one server process measures. The table of the guide is made from it. */
export type Instruments = ReturnType<typeof createInstruments>

/**
 * Makes the instruments of a server in a registry of its own.
 *
 * @param known.codes - every code of a refusal
 */
export function createInstruments(registry: Registry, known: { version: string; codes: readonly string[] }) {
  const makers = createMakers(registry)
  const instruments = { ...makeOfCalls(makers), ...makeOfWork(makers), ...makeOfState(makers) }
  instruments.build.set({ version: known.version }, 1)
  // An alert sees an increase only from a value that is there.
  for (const code of known.codes) instruments.refusals.inc({ code }, 0)
  for (const limit of LIMIT_NAMES) instruments.throttled.inc({ limit }, 0)
  for (const outcome of ['sent', 'delayed', 'given_up']) instruments.mailAttempts.inc({ outcome }, 0)
  for (const client of ['same', 'other']) instruments.graceAnswers.inc({ client }, 0)
  for (const by of ['keyed', 'proof']) instruments.lateAnswers.inc({ by }, 0)
  for (const reason of ['missing', 'invalid', 'other_key']) instruments.proofsRefused.inc({ reason }, 0)
  return instruments
}

type Makers = ReturnType<typeof createMakers>

function createMakers(registry: Registry) {
  const registers = [registry]
  return {
    counter: <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
      new Counter({ registers, name, help, labelNames }),
    gauge: <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
      new Gauge({ registers, name, help, labelNames }),
    histogram: <Label extends string>(
      name: string,
      help: string,
      { labelNames = [], buckets }: { labelNames?: Label[]; buckets: number[] },
    ) => new Histogram({ registers, name, help, labelNames, buckets }),
  }
}

function makeOfCalls({ counter, histogram }: Makers) {
  return {
    calls: counter('latchkey_calls_total', 'Calls that have ended.', ['operation', 'door', 'status', 'code']),
    callSeconds: histogram('latchkey_call_duration_seconds', 'How long calls took.', {
      labelNames: ['operation'],
      buckets: CALL_BUCKETS,
    }),
    refusals: counter('latchkey_refusals_total', 'Calls that were refused or failed.', ['code']),
    throttled: counter('latchkey_throttled_total', 'Calls and mails over a limit.', ['limit']),
    replays: counter(
      'latchkey_refresh_replays_total',
      'Sessions that ended because a replaced refresh token came back.',
    ),
    movedIn: counter(
      'latchkey_sessions_moved_in_total',
      'Sessions of another deployment whose old refresh token was exchanged.',
    ),
    graceAnswers: counter(
      'latchkey_refresh_grace_total',
      'Refreshes that were answered in the grace, for the same client or another one.',
      ['client'],
    ),
    proofsRefused: counter(
      'latchkey_proofs_refused_total',
      'Refreshes of a session with a key that came without the proof of that key.',
      ['reason'],
    ),
    lateAnswers: counter(
      'latchkey_refresh_late_answers_total',
      'Replaced refresh tokens that were answered after the grace, by a key or by a proof.',
      ['by'],
    ),
    lateRefreshes: counter('latchkey_refresh_late_total', 'Rotations that became visible late.'),
  }
}

function makeOfWork({ counter, gauge, histogram }: Makers) {
  return {
    hashesRunning: gauge('latchkey_hashes_running', 'Hashes of passwords that run.'),
    hashesWaiting: gauge('latchkey_hashes_waiting', 'Calls that wait for a hash.'),
    hashesRefused: counter(
      'latchkey_hashes_refused_total',
      'Calls refused, because too many wait for a hash.',
    ),
    hashWaitSeconds: histogram('latchkey_hash_wait_seconds', 'How long calls waited for a hash to begin.', {
      buckets: WAIT_BUCKETS,
    }),
    poolOpen: gauge('latchkey_pool_open', 'Connections to the database.'),
    poolBusy: gauge('latchkey_pool_busy', 'Connections to the database that have work.'),
    poolWaiting: gauge('latchkey_pool_waiting', 'Callers that wait for a connection to the database.'),
    unconfirmed: counter('latchkey_commits_unconfirmed_total', 'Commits that waited for a standby in vain.'),
    throttleStoreDown: gauge('latchkey_throttle_store_down', '1 while limits hold per process only, else 0.'),
    providerFailures: counter(
      'latchkey_provider_failures_total',
      'Questions to a provider of sign-ins that got no answer, or a refusal of this server.',
      ['provider'],
    ),
    mailAttempts: counter(
      'latchkey_mail_attempts_total',
      'Attempts to send a mail: sent, delayed, given up.',
      ['outcome'],
    ),
  }
}

/** What the processes on one database share, as each of them sees it. */
function makeOfState({ gauge }: Makers) {
  return {
    build: gauge('latchkey_build_info', 'Always 1.', ['version']),
    ready: gauge('latchkey_ready', '1 while `/readyz` says that calls may come, else 0.'),
    databaseUp: gauge('latchkey_database_up', '1 when the database answered within two seconds, else 0.'),
    clockOffset: gauge(
      'latchkey_clock_offset_seconds',
      'How far the clock of the database is ahead of that of this machine.',
    ),
    keyAge: gauge('latchkey_signing_key_age_seconds', 'For how long the active key has signed.'),
    mailsWaiting: gauge('latchkey_mails_waiting', 'Mails that are not sent yet; at most 10000.'),
    mailOldest: gauge('latchkey_mail_oldest_seconds', 'For how long the oldest waiting mail has been due.'),
    mailsFailed: gauge('latchkey_mails_failed', 'Mails that were given up on in 30 days; at most 10000.'),
    dueRows: gauge(
      'latchkey_housekeeping_due_rows',
      'Rows that may be deleted, among the next 10000 that are looked at.',
      ['table'],
    ),
    oldestDue: gauge(
      'latchkey_housekeeping_oldest_due_seconds',
      'For how long the oldest of those rows may have been deleted.',
      ['table'],
    ),
    swept: gauge(
      'latchkey_housekeeping_swept_seconds',
      'How long ago the last complete sweep of the table began.',
      ['table'],
    ),
    purged: gauge(
      'latchkey_housekeeping_purged_rows',
      'Rows that all servers have deleted since the first sweep.',
      ['table'],
    ),
    overdue: gauge(
      'latchkey_housekeeping_overdue',
      '1 when the housekeeping of the table is more than two days late, else 0.',
      ['table'],
    ),
  }
}
