/** A source cannot be read as it is. The message is a sentence for the operator, without a value of a user. */
export class SourceError extends Error {
  override readonly name = 'SourceError'
}
