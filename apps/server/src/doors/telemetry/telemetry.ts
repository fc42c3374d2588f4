import type { TraceParent } from './trace-parent.ts'

/** The way by which a call came. `page` is a page or form of the server, `other` is no operation. */
export type Door = 'rest' | 'trpc' | 'page' | 'other'

/** A request that reached no operation: of a known path, or of an unknown one. */
export type NoOperation = 'other' | 'unknown'

/** How a call ended. */
export interface Outcome {
  /** The HTTP status. */
  status: number
  /** The code of the refusal; `none` for a success. */
  code: string
}

/** A call that has ended: one operation, or a request that reached none. */
export interface EndedCall extends Outcome {
  /** The name of an operation of the contract, or a {@link NoOperation}. So the number of names is bounded. */
  operation: string
  door: Door
  seconds: number
}

/** The span of a call that is traced. */
export interface CallSpan {
  /** 32 hexadecimal digits. */
  traceId: string
  /** Tells how the call ended. */
  end(outcome: Outcome): void
}

/** The text that a Prometheus reads. */
export interface MetricsPage {
  /** The bearer token that the main port asks for; null when the main port does not serve the page. */
  token: string | null
  render(): Promise<{ type: string; text: string }>
}

/** What the doors tell about the calls, and whom they tell it. */
export interface Telemetry {
  ended(call: EndedCall): void
  /**
   * Surrounds a call by a span. The steps of the call are its children.
   *
   * @param work - gets null when the call is not traced
   */
  span<T>(
    call: { name: string; door: Door; parent: TraceParent | null },
    work: (span: CallSpan | null) => Promise<T>,
  ): Promise<T>
  /** Null without metrics. */
  metrics: MetricsPage | null
}

/** Nobody is told. */
export const NO_TELEMETRY: Telemetry = { ended: () => {}, span: (_call, work) => work(null), metrics: null }
