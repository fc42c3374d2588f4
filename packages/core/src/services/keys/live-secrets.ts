import type { Logger } from 'pino'
import type { Clock } from '../../database/clock.ts'
import { describeFault, summarizeFault } from '../../database/describe-fault.ts'
import { deriveSecrets, replaceSecrets, type Secrets } from './derived-keys.ts'

/** The secret that signs and encrypts, and those that are only accepted. */
export interface SecretValues {
  secretKey: string
  secretKeyFallbacks: string[]
}

/** How a running process reads its secrets again; null when nothing has changed since the last time. */
export type SecretSource = () => Promise<SecretValues | null>

interface Options {
  first: SecretValues
  /** Null: the secrets stay as they are until the process ends. */
  source: SecretSource | null
  clock: Clock
  log: Logger
  /** Refuses secrets with which the database cannot be read. */
  isFit: (next: Secrets) => Promise<boolean>
}

/** The secrets of a running process. */
export interface LiveSecrets {
  secrets: Secrets
  /** Looks every few seconds for other secrets from now on, and once at once. */
  start(): Promise<void>
  stop(): void
}

/** A process follows a change of its secrets within this time. */
const POLL_SECONDS = 2
/** Tokens with an unknown key id cause at most one look per this time. */
const MISS_SECONDS = 1

/**
 * Opens the secrets of a process. While it runs, it follows the source without a restart.
 *
 * The keys of a purpose stay one object, so every service that holds it gets the new keys in one moment. A source that
 * cannot be read, or that is not fit, leaves the secrets as they are, and the log says so.
 */
export function openSecrets(options: Options): LiveSecrets {
  const { first, source, clock, log, isFit } = options
  const secrets = deriveSecrets(first.secretKey, first.secretKeyFallbacks, lookForUnknown)
  let lookedAt = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null
  /** Values that the database could not be asked about, or that are not fit yet. The source tells of them once. */
  let waiting: SecretValues | null = null
  let complaint: string | null = null

  async function follow(): Promise<void> {
    waiting = (await source?.()) ?? waiting
    if (waiting) await take(waiting)
    complaint = null
  }

  async function take(values: SecretValues): Promise<void> {
    const next = deriveSecrets(values.secretKey, values.secretKeyFallbacks)
    if (!isSame(secrets, next)) {
      if (!(await isFit(next))) throw new UnfitError(REFUSED)
      replace(next)
    }
    waiting = null
  }

  function replace(next: Secrets): void {
    replaceSecrets(secrets, next)
    const { current, accepted } = next['refresh-token']
    log.info(
      { event: 'secrets_replaced', signs: current.kid, accepts: [...accepted.keys()] },
      'other secrets',
    )
  }

  /** Concurrent callers share one look. */
  function look(): Promise<void> {
    lookedAt = clock.steadySeconds()
    looking ??= follow()
      .catch(complain)
      .finally(() => {
        looking = null
      })
    return looking
  }

  /** Every look finds the same fault again. The log has it once. */
  function complain(error: unknown): void {
    const former = complaint
    complaint = summarizeFault(error)
    if (complaint === former) return
    if (error instanceof UnfitError) log.error({ event: 'secrets_refused' }, REFUSED)
    else {
      const fault = describeFault(error)
      log.error({ event: 'secrets_unreadable', fault }, 'the secrets stay as they are')
    }
  }

  async function lookForUnknown(): Promise<void> {
    if (looking || clock.steadySeconds() - lookedAt > MISS_SECONDS) await look()
  }

  let timer: NodeJS.Timeout | undefined
  return {
    secrets,
    start: async () => {
      if (source === null) return
      await look()
      timer = setInterval(look, POLL_SECONDS * 1000).unref()
    },
    stop: () => clearInterval(timer),
  }
}

const REFUSED =
  'the new secrets do not open the signing keys, so the former ones stay; put the former SECRET_KEY into SECRET_KEY_FALLBACKS'

class UnfitError extends Error {}

function isSame(one: Secrets, other: Secrets): boolean {
  const [former, next] = [one['refresh-token'], other['refresh-token']]
  const kids = [...former.accepted.keys()]
  return (
    former.current.kid === next.current.kid &&
    kids.length === next.accepted.size &&
    kids.every((kid) => next.accepted.has(kid))
  )
}
