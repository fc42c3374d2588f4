import { PAGE_DEFAULT_LIMIT } from './limits.ts'

/** Which page of a list. */
export interface PageRequest {
  /** The `nextCursor` of the page before, or null for the first. */
  cursor: string | null
  limit: number
}

/** Reads the fields by which a caller asks for a page. */
export function readPage(input: { cursor?: string; limit?: number }): PageRequest {
  return { cursor: input.cursor ?? null, limit: input.limit ?? PAGE_DEFAULT_LIMIT }
}
