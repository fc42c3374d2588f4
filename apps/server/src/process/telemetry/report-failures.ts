import { MINUTE_SECONDS } from '@latchkey/core'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'

const PAUSE_MILLISECONDS = MINUTE_SECONDS * 1000
/** `ExportResultCode.SUCCESS`. */
const SUCCESS = 0

/** Lets an exporter tell the log that traces are lost, at most once a minute. Callers do not notice it. */
export function reportFailures(exporter: SpanExporter, log: Logger): SpanExporter {
  let quietUntil = 0
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        if (result.code !== SUCCESS && performance.now() >= quietUntil) {
          quietUntil = performance.now() + PAUSE_MILLISECONDS
          // The message of the library may quote the answer of the collector, so the log gets only the kind.
          const reason = result.error && 'code' in result.error ? result.error.code : result.error?.name
          log.warn({ event: 'traces_lost', reason }, 'the collector took no traces; they are lost')
        }
        done(result)
      }),
    shutdown: () => exporter.shutdown(),
    ...(exporter.forceFlush && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
  }
}
