import type { FallbackStorage } from './fallback-storage.ts'
import type { Handover } from './handover.ts'
import { type HeldTokens, isNewer } from './held-tokens.ts'
import type { StorageFormat } from './storage-format.ts'

/**
 * The held tokens, and the only reader and writer of their item in the storage.
 *
 * Each change is one read and one write, and changes of one process run one after the other. Between tabs the higher
 * generation wins: a tab that finds an older generation than it has written writes its own again.
 */
export interface TokenStore {
  /** @throws {LatchkeyError} `storage_unavailable` - it is unknown whether a user is signed in */
  read(): Promise<HeldTokens | null>
  /** The held tokens, if the storage answers without a promise and without a fault; otherwise undefined. */
  peek(): HeldTokens | null | undefined
  /**
   * Replaces the held tokens, because a user signed in.
   *
   * @param since - the tokens that were held when the sign-in began
   * @returns the tokens that were held until now; undefined when the user has signed out since then: nothing was written
   */
  put(held: HeldTokens, since?: Since): Promise<HeldTokens | null | undefined>
  /**
   * Merges the answer of a refresh into the held tokens, unless it comes too late.
   *
   * Nothing is written after a sign-out or over the tokens of another sign-in, and an older generation is never written
   * over a newer generation of the same session. An answer of an older session than the held one means that its late
   * cookie has replaced the newer cookie: then the client signs out, because the cookie belongs to another session.
   *
   * @param sent - the tokens that were held when the request was sent
   * @param handover - while it stands, a missing session means that a refresh was refused, not that the user signed out
   * @returns the tokens that are held now
   */
  merge(sent: HeldTokens, answer: HeldTokens, handover?: Handover): Promise<HeldTokens | null>
  /**
   * Forgets the held tokens.
   *
   * @param only - forgets only these tokens, and keeps newer ones
   * @returns the tokens that were held before
   */
  clear(only?: HeldTokens): Promise<HeldTokens | null>
  /**
   * Requires that the tokens of a refresh can be kept.
   *
   * @throws {LatchkeyError} `storage_unavailable`
   */
  requireWritable(held: HeldTokens): Promise<void>
}

/** The tokens that were held when a sign-in began. */
interface Since {
  held: HeldTokens | null
  handover: Handover
}

interface TokenStoreOptions {
  storage: FallbackStorage
  key: string
  format: StorageFormat
  /** Is called after each change that this store makes. */
  onChange: (held: HeldTokens | null) => void
}

/** Creates the token store over a storage. */
export function createTokenStore({ storage, key, format, onChange }: TokenStoreOptions): TokenStore {
  let queue: Promise<unknown> = Promise.resolve()
  let written: HeldTokens | null = null

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work)
    queue = turn.catch(() => {})
    return turn
  }

  async function read(): Promise<HeldTokens | null> {
    const held = format.decode(await storage.getItem(key))
    if (written?.session !== held?.session) written = null
    if (!held || !written || held.generation >= written.generation) return held
    // Another tab read before this tab wrote, and wrote after it.
    await write(written)
    return written
  }

  function peek(): HeldTokens | null | undefined {
    const item = storage.peek(key)
    return item === undefined ? undefined : format.decode(item)
  }

  async function write(held: HeldTokens): Promise<void> {
    written = held
    await storage.setItem(key, format.encode(held))
    onChange(held)
  }

  async function put(held: HeldTokens, since?: Since): Promise<HeldTokens | null | undefined> {
    // A user can sign in while the storage cannot be read.
    const former = await read().catch(() => undefined)
    if (since?.held && former === null && !(await since.handover.stands())) return undefined
    await write(held)
    return former ?? null
  }

  async function merge(
    sent: HeldTokens,
    answer: HeldTokens,
    handover?: Handover,
  ): Promise<HeldTokens | null> {
    const held = await read()
    if (held === null && !(await handover?.stands())) return null
    const isSame = answer.session === held?.session
    if (held && (isSame ? !isNewer(answer, held) : held.session !== sent.session)) return held
    if (held && answer.startedAt < held.startedAt) {
      await forget()
      return null
    }
    await write(answer)
    return answer
  }

  async function clear(only?: HeldTokens): Promise<HeldTokens | null> {
    const held = await read().catch(async (error: unknown) => {
      if (!only) await forget()
      throw error
    })
    if (held === null) onChange(null)
    if (held === null || (only && !isUnchanged(held, only))) return held
    await forget()
    return held
  }

  async function forget(): Promise<void> {
    await storage.setItem(key, format.signedOut)
    format.decode(format.signedOut)
    onChange(null)
  }

  return {
    read: () => inTurn(read),
    peek,
    put: (held, since) => inTurn(() => put(held, since)),
    merge: (sent, answer, handover) => inTurn(() => merge(sent, answer, handover)),
    clear: (only) => inTurn(() => clear(only)),
    // In cookie mode the storage has no token.
    requireWritable: (held) =>
      inTurn(async () => {
        if (held.refresh !== null) await storage.requireWritable(key)
      }),
  }
}

function isUnchanged(held: HeldTokens, only: HeldTokens): boolean {
  return held.session === only.session && held.refresh === only.refresh
}
