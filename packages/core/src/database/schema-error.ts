/** The schema of the database does not let this process work. The message is written for the terminal. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}
