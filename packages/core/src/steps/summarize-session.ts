import type { SessionRow } from '../tables/sessions/columns.ts'
import type { SessionId } from '../words/ids.ts'

/** A session as a list shows it. */
export interface SessionSummary {
  id: SessionId
  /** Whether it is the session of the caller. */
  current: boolean
  createdAt: Date
  /** The last refresh, or the sign-in. */
  lastSeenAt: Date
  /** When the session ends without another refresh. */
  expiresAt: Date
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** Summarizes a session for a list; `currentId` is the session of the caller, or null. */
export function summarizeSession(row: SessionRow, currentId: SessionId | null): SessionSummary {
  const ends = [row.idleExpiresAt, row.absoluteExpiresAt].filter((date) => date !== null)
  return {
    id: row.id,
    current: row.id === currentId,
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    expiresAt: new Date(Math.min(...ends.map((date) => date.getTime()))),
    ip: row.ip,
    browser: row.browser,
    os: row.os,
    device: row.device,
  }
}
