/** A command line that was not understood. The sentence is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
