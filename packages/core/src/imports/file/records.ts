/** What one line of a file says: its fields by name, or why it has none. */
export type FileRecord = { line: number } & ({ fields: Fields } | { problem: string })

/** The fields of a user by the names of the file. CSV has texts only. */
export type Fields = Record<string, unknown>

/** A longer line is refused before it is parsed. */
export const MAX_LINE_BYTES = 256 * 1024
