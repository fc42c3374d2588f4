/** An import that cannot run as it was asked for. The message is for the operator, and names what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
}
