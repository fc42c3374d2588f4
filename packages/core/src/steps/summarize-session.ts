import type { SessionRow } from '../tables/sessions/columns.ts'
import type { SessionId } from '../words/ids.ts'

/** A session as its user sees it in a list. */
export interface SessionSummary {
  id: SessionId
  /** Whether it is the session the list was asked for with. */
  current: boolean
  createdAt: Date
  /** When it was last refreshed, or opened. */
  lastSeenAt: Date
  /** When it ends unless it is refreshed before. */
  expiresAt: Date
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** Tells a session as people read it; `currentId` is the session of whoever reads, or null. */
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
