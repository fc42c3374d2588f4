import type { Door, Telemetry } from './telemetry.ts'
import type { TraceParent } from './trace-parent.ts'

/** What one request has shown so far, for the log and the metrics. */
export interface Visit {
  telemetry: Telemetry
  door: Door
  /** The call of a trusted proxy that this request belongs to. */
  parent: TraceParent | null
  /** The trace of the request: its own when it is traced, else that of its parent. */
  traceId: string | null
  /** Whether the request has reached an operation, which then is counted by its name. */
  hasReached: boolean
  /** Whether an operation refused or failed, also where the request gets the status of a success, as a batch does. */
  hasRefused: boolean
  /** The code of a refusal before any operation; `none` for a success. */
  code: string
}

/** Opens the visit of a request. */
export function openVisit(telemetry: Telemetry, parent: TraceParent | null): Visit {
  return {
    telemetry,
    parent,
    door: 'other',
    traceId: parent?.traceId ?? null,
    hasReached: false,
    hasRefused: false,
    code: 'none',
  }
}
