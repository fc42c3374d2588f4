import type { Endings } from './endings.ts'
import type { Handover } from './handover.ts'
import { type HeldTokens, isNewer } from './held-tokens.ts'
import type { Mode } from './mode.ts'
import type { StoredItem } from './stored-item.ts'

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
   * @param before - the tokens that were held when the sign-in began
   * @param handover - the running sign-in
   * @returns the tokens that were held until now; undefined when the user has signed out since then: nothing was written
   */
  put(
    held: HeldTokens,
    before?: HeldTokens | null,
    handover?: Handover,
  ): Promise<HeldTokens | null | undefined>
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

interface TokenStoreOptions {
  mode: Mode
  /** Is called after each change that this store makes. */
  update: (held: HeldTokens | null) => void
  endings: Pick<Endings, 'note'>
}

/** Creates the token store over an item of a storage. */
export function createTokenStore(item: StoredItem, { mode, update, endings }: TokenStoreOptions): TokenStore {
  let queue: Promise<unknown> = Promise.resolve()
  let written: HeldTokens | null = null
  /** The last item, and its tokens. They are the same object as long as the item is the same, because it measures their age. */
  let text: string | null | undefined
  let decoded: HeldTokens | null = null

  function decode(item: string | null): HeldTokens | null {
    if (item !== text) decoded = mode.parse(item ?? '')
    text = item
    return decoded
  }

  function inTurn<Given extends unknown[], T>(work: (...given: Given) => Promise<T>) {
    return (...given: Given): Promise<T> => {
      const turn = queue.then(() => work(...given))
      queue = turn.catch(() => {})
      return turn
    }
  }

  async function read(): Promise<HeldTokens | null> {
    const held = decode(await item.read())
    if (written?.session !== held?.session) written = null
    if (!held || !written || held.generation >= written.generation) return held
    // Another tab read before this tab wrote, and wrote after it.
    return write(written)
  }

  function peek(): HeldTokens | null | undefined {
    const shown = item.peek()
    return shown === undefined ? undefined : decode(shown)
  }

  async function write(held: HeldTokens): Promise<HeldTokens> {
    written = decoded = held
    text = mode.print(held)
    await item.write(text)
    update(held)
    return held
  }

  async function put(
    held: HeldTokens,
    before?: HeldTokens | null,
    handover?: Handover,
  ): Promise<HeldTokens | null | undefined> {
    // A user can sign in while the storage cannot be read.
    const former = await read().catch(() => undefined)
    if (before && former === null && !(await handover?.stands())) return undefined
    await write(held)
    return former ?? null
  }

  async function merge(
    sent: HeldTokens,
    answer: HeldTokens,
    handover?: Handover,
  ): Promise<HeldTokens | null> {
    const held = await read()
    // A session keeps its key for good. The answer does not name the key, and a server of a former release not even says
    // that there is one.
    if (answer.bound || answer.session === sent.session) answer.bound = sent.bound || answer.bound
    if (held === null) return (await handover?.stands()) ? write(answer) : null
    if (answer.session === held.session ? !isNewer(answer, held) : held.session !== sent.session) return held
    if (answer.startedAt >= held.startedAt) return write(answer)
    endings.note(held.session, 'session_ended')
    return forget()
  }

  async function clear(only?: HeldTokens): Promise<HeldTokens | null> {
    const held = await read().catch(async (error: unknown) => {
      if (!only) await forget()
      throw error
    })
    if (held === null) update(null)
    else if (!only || (held.session === only.session && held.refresh === only.refresh)) await forget()
    return held
  }

  async function forget(): Promise<null> {
    await item.write(mode.signedOut)
    decode(mode.signedOut)
    update(null)
    return null
  }

  // In cookie mode the storage has no token.
  async function requireWritable({ refresh }: HeldTokens): Promise<void> {
    if (refresh !== null) await item.requireWritable()
  }

  return {
    read: inTurn(read),
    peek,
    put: inTurn(put),
    merge: inTurn(merge),
    clear: inTurn(clear),
    requireWritable: inTurn(requireWritable),
  }
}
