import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Watch } from '@latchkey/core'
import type { Span } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import type { Telemetry } from '../../doors/telemetry/telemetry.ts'
import { VERSION } from '../../version.ts'
import type { TraceSettings } from '../config/traces.ts'
import { reportFailures } from './report-failures.ts'
import { createSampler } from './sampler.ts'
import { createCallSpans } from './span-calls.ts'
import { createStepSpans } from './span-steps.ts'

/** The traces of one server process. */
export interface Traces {
  step: Watch['step']
  span: Telemetry['span']
  /** Sends the last spans, for at most five seconds. */
  close(): Promise<void>
}

const CLOSE_MILLISECONDS = 5000

/**
 * Makes the traces of a process.
 *
 * Nothing global is set: the present span is in a storage of our own. So several servers of one process have traces of
 * their own, and no library adds spans with values of callers.
 */
export function createTraces(settings: TraceSettings, log: Logger): Traces {
  const { url, headers, attributes, serviceName } = settings
  const exporter = reportFailures(new OTLPTraceExporter({ url, headers }), log)
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      ...attributes,
      'service.name': serviceName,
      'service.version': VERSION,
    }),
    sampler: createSampler(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  })
  const parts = { tracer: provider.getTracer('latchkey', VERSION), present: new AsyncLocalStorage<Span>() }
  return {
    step: createStepSpans(parts),
    span: createCallSpans(parts),
    close: async () => {
      const closing = provider.shutdown().catch(() => undefined)
      await Promise.race([closing, sleep(CLOSE_MILLISECONDS, undefined, { ref: false })])
    },
  }
}
