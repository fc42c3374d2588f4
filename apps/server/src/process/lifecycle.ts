import { setTimeout as sleep } from 'node:timers/promises'

/** The time that a stop waits for a part that is opening. A part that hangs must not keep the process running. */
const OPENING_MILLISECONDS = 10_000

/** How the parts are closed. */
export interface Manner {
  /** Whether an operator stops the process. A process that fails has no time to wait for others. */
  isGentle: boolean
}

/** The error of a start that was told to stop. */
export class StartInterrupted extends Error {
  override readonly name = 'StartInterrupted'
}

/**
 * Opens the parts of a process one after another and closes them in reverse order.
 *
 * A stop during the start waits some seconds for the part that is opening, so that this part is closed too.
 */
export class Lifecycle {
  #closers: ((manner: Manner) => Promise<void>)[] = []
  #opening: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined

  /** @throws {StartInterrupted} when the process is already closing */
  async open<Part>(part: {
    open: () => Promise<Part>
    close: (opened: NoInfer<Part>, manner: Manner) => Promise<void>
  }): Promise<Part> {
    if (this.#closing) throw new StartInterrupted()
    const opening = part.open().then((opened) => {
      this.#closers.push((manner) => part.close(opened, manner))
      return opened
    })
    this.#opening = opening.catch(() => undefined)
    return opening
  }

  /** Closes every open part, the last one first. A part that fails to close does not stop the others from closing. */
  close(onError: (error: unknown) => void, manner: Manner = { isGentle: false }): Promise<void> {
    this.#closing ??= this.#closeAll(onError, manner)
    return this.#closing
  }

  async #closeAll(onError: (error: unknown) => void, manner: Manner): Promise<void> {
    await Promise.race([this.#opening, sleep(OPENING_MILLISECONDS, undefined, { ref: false })])
    for (const close of this.#closers.reverse()) await close(manner).catch(onError)
  }
}
