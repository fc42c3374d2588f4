import type { Handover } from './handover.ts'
import { type Held, isNewer } from './held-tokens.ts'
import type { TokenStorage } from './storage.ts'
import type { Codec } from './stored-tokens.ts'

/**
 * The one reader and writer of the storage.
 *
 * Every change is a look and a write in one go, so that within a process none overtakes another; between tabs the
 * order of generations decides, and whoever wrote a newer one than is shown writes it again.
 */
export interface Vault {
  read(): Promise<Held | null>
  /** What is held, if the storage can tell without waiting. */
  peek(): Held | null | undefined
  /**
   * Replaces whatever is held: somebody signed in.
   *
   * @param since - what was held when the sign-in began; when nothing is by now, somebody may have signed out
   * @returns false when that is so, and nothing was written
   */
  put(held: Held, since?: { held: Held | null; handover: Handover }): Promise<boolean>
  /**
   * Takes in the answer of a refresh, unless it comes too late.
   *
   * After a sign-out nothing is written, over another sign-in nothing is written, and of one session never an older
   * generation over a newer one. An answer of an older session than the one held means that its cookie came late and
   * replaced the newer one: nobody is signed in then, rather than somebody else.
   *
   * @param sent - what was held when the refresh was sent
   * @param handover - while it stands, nothing is held because a refresh was refused meanwhile, and the answer is newer
   * @returns what is held now
   */
  merge(sent: Held, answer: Held, handover?: Handover): Promise<Held | null>
  /**
   * Forgets the session.
   *
   * @param only - forget only this, and leave a newer one alone
   * @returns what was held before
   */
  clear(only?: Held): Promise<Held | null>
}

interface VaultOptions {
  storage: TokenStorage
  key: string
  codec: Codec
  /** Told after each change made here. */
  onChange: (held: Held | null) => void
}

/** Opens the vault over a storage. */
export function createVault({ storage, key, codec, onChange }: VaultOptions): Vault {
  let queue: Promise<unknown> = Promise.resolve()
  let written: Held | null = null

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work)
    queue = turn.catch(() => {})
    return turn
  }

  async function read(): Promise<Held | null> {
    const held = codec.decode(await storage.getItem(key))
    if (written?.session !== held?.session) written = null
    if (!held || !written || held.generation >= written.generation) return held
    // Another tab looked before this one wrote, and wrote after it.
    await write(written)
    return written
  }

  function peek(): Held | null | undefined {
    const item = storage.getItem(key)
    return item === null || typeof item === 'string' ? codec.decode(item) : undefined
  }

  async function write(held: Held): Promise<void> {
    written = held
    await storage.setItem(key, codec.encode(held))
    onChange(held)
  }

  async function put(held: Held, since?: { held: Held | null; handover: Handover }): Promise<boolean> {
    if (since?.held && (await read()) === null && !(await since.handover.stands())) return false
    await write(held)
    return true
  }

  async function merge(sent: Held, answer: Held, handover?: Handover): Promise<Held | null> {
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

  async function clear(only?: Held): Promise<Held | null> {
    const held = await read()
    if (held === null) onChange(null)
    if (held === null || (only && !isUnchanged(held, only))) return held
    await forget()
    return held
  }

  async function forget(): Promise<void> {
    await (codec.signedOut === null ? storage.removeItem(key) : storage.setItem(key, codec.signedOut))
    codec.decode(codec.signedOut)
    onChange(null)
  }

  return {
    read: () => inTurn(read),
    peek,
    put: (held, since) => inTurn(() => put(held, since)),
    merge: (sent, answer, handover) => inTurn(() => merge(sent, answer, handover)),
    clear: (only) => inTurn(() => clear(only)),
  }
}

function isUnchanged(held: Held, only: Held): boolean {
  return held.session === only.session && held.refresh === only.refresh
}
