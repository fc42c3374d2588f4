/** The schema of the database does not let this process work. The message is written for the terminal. */
export class SchemaError extends Error {
  override readonly name: string = 'SchemaError'
}

/** The role lacks rights on what is there. The message has the statements that give them. */
export class RightsError extends SchemaError {
  override readonly name = 'RightsError'
}
