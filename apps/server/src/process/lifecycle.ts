import { setTimeout as sleep } from 'node:timers/promises'

/** The time that a stop waits for a part that is opening. A part that hangs must not keep the process running. */
const OPENING_MILLISECONDS = 10_000

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
  #closers: (() => Promise<void>)[] = []
  #opening: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined

  /** @throws {StartInterrupted} when the process is already closing */
  async open<Part>(part: {
    open: () => Promise<Part>
    close: (opened: Part) => Promise<void>
  }): Promise<Part> {
    if (this.#closing) throw new StartInterrupted()
    const opening = part.open().then((opened) => {
      this.#closers.push(() => part.close(opened))
      return opened
    })
    this.#opening = opening.catch(() => undefined)
    return opening
  }

  /** Closes every open part, the last one first. A part that fails to close does not stop the others from closing. */
  close(onError: (error: unknown) => void): Promise<void> {
    this.#closing ??= this.#closeAll(onError)
    return this.#closing
  }

  async #closeAll(onError: (error: unknown) => void): Promise<void> {
    await Promise.race([this.#opening, sleep(OPENING_MILLISECONDS, undefined, { ref: false })])
    for (const close of this.#closers.reverse()) await close().catch(onError)
  }
}
