import type { SessionInfo } from '@latchkey/client'
import { useState } from 'react'

/** One device of the list. */
export interface SessionRow {
  session: SessionInfo
  /** Whether the session has ended since the list was first shown. */
  hasEnded: boolean
}

/**
 * Keeps the rows of a list of devices, as long as the screen is shown.
 *
 * A row keeps its place when its session ends. If the row went away, the button of the next device would move under
 * the pointer, and the second press of a double click would sign out that device too.
 */
export function useSessionRows(sessions: SessionInfo[] | null): SessionRow[] {
  const [rows, setRows] = useState<SessionRow[]>([])
  const [seen, setSeen] = useState<SessionInfo[] | null>(null)
  if (sessions === seen) return rows
  const next = mergeRows(rows, sessions ?? [])
  setSeen(sessions)
  setRows(next)
  return next
}

/** Marks the ended sessions in their places. New sessions come last: this device first, then the last seen ones. */
export function mergeRows(rows: SessionRow[], sessions: SessionInfo[]): SessionRow[] {
  const ids = new Set(sessions.map(({ id }) => id))
  const known = new Set(rows.map(({ session }) => session.id))
  const added = sessions.filter(({ id }) => !known.has(id)).toSorted(compare)
  return [
    ...rows.map(({ session }) => ({ session, hasEnded: !ids.has(session.id) })),
    ...added.map((session) => ({ session, hasEnded: false })),
  ]
}

function compare(a: SessionInfo, b: SessionInfo): number {
  return Number(b.current) - Number(a.current) || Date.parse(b.last_seen_at) - Date.parse(a.last_seen_at)
}
