import type { Ledger } from '../ledger/ledger.ts'
import { createRefreshLog, type RefreshLog } from './refresh-log.ts'

/** A `fetch` whose calls are judged and counted. */
export interface ObservedFetch {
  fetch: typeof fetch
  refreshes: RefreshLog
  /** The refresh token of the last answer that had one; null after a sign-out. */
  held(): string | null
  forget(): void
}

/** No client waits longer for an answer. */
const PATIENCE_MILLISECONDS = 10_000

/** Creates the `fetch` of one client. It reads each answer whole, so that a cut answer counts as none. */
export function observeFetch(who: string, ledger: Ledger): ObservedFetch {
  const refreshes = createRefreshLog()
  let held: string | null = null

  async function observed(input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> {
    const path = hideKeys(new URL(String(input)).pathname)
    const method = init.method ?? 'GET'
    const presented = path === '/refresh/' ? readRefresh(String(init.body)) : null
    const note = presented === null ? null : refreshes.begin(presented)
    const entry = { who, method, path, from: performance.now() }
    const end = (status: number) => {
      ledger.call({ ...entry, status, to: performance.now() })
      note?.(status)
    }
    let answer: Response
    let text: string
    try {
      const signal = AbortSignal.any([
        AbortSignal.timeout(PATIENCE_MILLISECONDS),
        ...(init.signal ? [init.signal] : []),
      ])
      answer = await fetch(input, { ...init, signal, redirect: 'manual' })
      text = await answer.text()
    } catch (error) {
      // What the client itself gave up on says nothing about the server.
      if (init.signal?.aborted) note?.(0)
      else end(0)
      throw error
    }
    end(answer.status)
    const refresh = answer.ok ? readRefresh(text) : null
    if (refresh !== null) held = refresh
    const { status, headers } = answer
    return new Response([101, 204, 205, 304].includes(status) ? null : text, { status, headers })
  }

  return {
    fetch: observed,
    refreshes,
    held: () => held,
    forget: () => {
      held = null
    },
  }
}

function hideKeys(path: string): string {
  return path.replace(/[\w-]{36,}/, '{key}')
}

function readRefresh(json: string): string | null {
  try {
    const { refresh } = JSON.parse(json) as { refresh?: unknown }
    return typeof refresh === 'string' ? refresh : null
  } catch {
    return null
  }
}
