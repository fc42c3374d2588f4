/** An answer that is no success, whichever client saw it. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly status: number
  readonly code: string

  /** @param status - 0 when no whole answer came */
  constructor(status: number, code: string) {
    super(`${status} ${code}`)
    this.status = status
    this.code = code
  }

  /** Whether the server may have done what it was asked for all the same. */
  get isUnanswered(): boolean {
    return this.status === 0 || this.status >= 500
  }
}
