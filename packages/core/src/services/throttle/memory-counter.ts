import type { RateLimit } from '../../words/rate-limits.ts'

/** A call over a limit. */
export interface Excess {
  /** Whole seconds until the next call is allowed. */
  waitSeconds: number
  /** Whether it is the first call over the limit in its window, as far as this process knows. */
  isFirst: boolean
}

/** Counts one call for a key; null when the call is within the limit. */
export type Counter = (key: string) => Promise<Excess | null>

interface Window {
  calls: number
  endsAt: number
  /** Whether a call came since the window was last looked at for its place. */
  isUsed: boolean
}

/** So many keys of one limit take about 20 MB. */
const MOST_KEYS = 100_000
/** How many windows are looked at to find one that may be forgotten. */
const LOOKS = 32

/**
 * Creates a counter in the memory of this process.
 *
 * Callers choose their keys: addresses and networks. So the number of keys is bounded. When it is reached, a key with a
 * single call is forgotten first, and a key over its limit last (the CLOCK algorithm). An attacker with many keys
 * therefore neither fills the memory nor frees another key from its limit.
 */
export function createMemoryCounter(limit: RateLimit, mostKeys = MOST_KEYS): Counter {
  // In the order of their ends, except for those that were spared.
  const windows = new Map<string, Window>()
  return async (key) => {
    const now = performance.now()
    const known = windows.get(key)
    if (known && known.endsAt > now) {
      known.calls++
      known.isUsed = true
      return judge(known, limit, now)
    }
    windows.delete(key)
    makeRoom(windows, { limit, mostKeys, now })
    const opened = { calls: 1, endsAt: now + limit.seconds * 1000, isUsed: false }
    windows.set(key, opened)
    return judge(opened, limit, now)
  }
}

function judge({ calls, endsAt }: Window, limit: RateLimit, now: number): Excess | null {
  if (calls <= limit.calls) return null
  const waitSeconds = Math.ceil((endsAt - now) / 1000)
  return { waitSeconds, isFirst: calls === limit.calls + 1 }
}

/** Forgets the windows that have ended, and one more when there are too many. */
function makeRoom(
  windows: Map<string, Window>,
  { limit, mostKeys, now }: { limit: RateLimit; mostKeys: number; now: number },
): void {
  for (const [key, window] of windows) {
    if (window.endsAt > now) break
    windows.delete(key)
  }
  for (let looks = 0; windows.size >= mostKeys; looks++) {
    const [oldest] = windows
    if (!oldest) return
    const [key, window] = oldest
    windows.delete(key)
    const isNeeded = window.isUsed || window.calls > limit.calls
    if (window.endsAt > now && isNeeded && looks < LOOKS) windows.set(key, { ...window, isUsed: false })
  }
}
