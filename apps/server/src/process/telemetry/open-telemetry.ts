import { type Core, UNWATCHED, type Watch } from '@latchkey/core'
import type { Logger } from 'pino'
import { NO_TELEMETRY, type Telemetry } from '../../doors/telemetry/telemetry.ts'
import type { Config } from '../config/index.ts'

/** Who listens to the core and to the doors of a server process. */
export interface Listening {
  watch: Watch
  telemetry: Telemetry
  /** Tells the metrics which core they read. */
  observe(core: Pick<Core, 'readLoad' | 'takeCensus' | 'listProviders'>): void
  /** Sends the last traces, for at most five seconds. */
  close(): Promise<void>
}

/** Opens metrics and traces as the settings say. What is off is not even loaded. */
export async function openTelemetry(
  config: Pick<Config, 'metrics' | 'traces'>,
  log: Logger,
): Promise<Listening> {
  const metrics = config.metrics && (await loadMetrics(config.metrics))
  const traces = config.traces && (await loadTraces(config.traces, log))
  return {
    watch: { note: metrics?.note ?? UNWATCHED.note, step: traces?.step ?? UNWATCHED.step },
    telemetry: {
      ended: metrics?.ended ?? NO_TELEMETRY.ended,
      span: traces?.span ?? NO_TELEMETRY.span,
      metrics,
    },
    observe: (core) => metrics?.observe(core),
    close: async () => traces?.close(),
  }
}

async function loadMetrics({ port, token }: NonNullable<Config['metrics']>) {
  const { createMetrics } = await import('./metrics.ts')
  // On a port of their own, the main port does not have them.
  return createMetrics(port === null ? token : null)
}

async function loadTraces(settings: NonNullable<Config['traces']>, log: Logger) {
  const { createTraces } = await import('./traces.ts')
  return createTraces(settings, log)
}
