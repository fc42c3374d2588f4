/** A command line that was not understood, in a sentence for its writer. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
