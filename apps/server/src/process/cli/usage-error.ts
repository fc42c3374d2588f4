/** A command line that was not understood. The sentence is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** The command whose help tells more; null for the help of all commands. */
  readonly command: string | null

  constructor(sentence: string, command: string | null = null) {
    super(sentence)
    this.command = command
  }
}
