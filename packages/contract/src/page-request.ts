import { PAGE_DEFAULT_LIMIT } from './limits.ts'

/** The page of a list that a caller asks for. */
export interface PageRequest {
  /** The `nextCursor` of the previous page. Null asks for the first page. */
  cursor: string | null
  limit: number
}

/** Reads the fields `cursor` and `limit` of a caller. */
export function readPage(input: { cursor?: string; limit?: number }): PageRequest {
  return { cursor: input.cursor ?? null, limit: input.limit ?? PAGE_DEFAULT_LIMIT }
}
