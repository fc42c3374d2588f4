import type { SessionInfo } from '@latchkey/client'
import { useState } from 'react'

/** A device in the list. */
export interface SessionRow {
  session: SessionInfo
  /** Whether it was signed out since the list was first shown. */
  hasEnded: boolean
}

/**
 * The rows of a list of devices, for as long as the screen is shown.
 *
 * A row keeps its place when its session ends: else the button of the next device would come under the pointer that
 * has just pressed this one, and the second press of a double click would sign out that device as well.
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

/** Marks what has ended where it stands; what is new comes last: this device before the one seen last. */
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
