import { setTimeout as sleep } from 'node:timers/promises'

/** A part that hangs while it is opened must not keep the process from ending. */
const OPENING_MILLISECONDS = 10_000

/** What is thrown out of a start that was told to stop. */
export class StartInterrupted extends Error {
  override readonly name = 'StartInterrupted'
}

/**
 * Opens the parts of a process one after another and closes them in reverse order.
 *
 * A stop during the start waits some seconds for the part being opened, so that nothing it started is left behind.
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

  /** Closes everything that was opened, the last first; a part that fails to close does not keep the others open. */
  close(onError: (error: unknown) => void): Promise<void> {
    this.#closing ??= this.#closeAll(onError)
    return this.#closing
  }

  async #closeAll(onError: (error: unknown) => void): Promise<void> {
    await Promise.race([this.#opening, sleep(OPENING_MILLISECONDS, undefined, { ref: false })])
    for (const close of this.#closers.reverse()) await close().catch(onError)
  }
}
