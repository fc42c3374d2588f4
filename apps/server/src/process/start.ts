import { createApp } from '../doors/app.ts'
import { requireFreePort } from '../doors/http/require-free-port.ts'
import { type HttpServer, listen } from '../doors/http/server.ts'
import { isPortalBuilt } from '../doors/portal/files.ts'
import type { Config } from './config/index.ts'
import { openDomain, type StartOptions } from './open-domain.ts'
import { type MetricsPort, openMetricsPort } from './telemetry/metrics-port.ts'
import { type Listening, openTelemetry } from './telemetry/open-telemetry.ts'

/**
 * Opens secret, database, domain, doors and port, in this order. Returns the port.
 *
 * The port is checked first, so that a second server on one machine touches nothing. It is opened last: a proxy sends
 * requests to a port that accepts connections. So it is closed first, because requests in flight need the database.
 */
export async function start({ config, log, lifecycle, onStep }: StartOptions): Promise<number> {
  onStep('listen')
  await requireFreePort(config)
  const { watch, telemetry, observe } = await lifecycle.open({
    open: () => openTelemetry(config, log),
    close: (listening: Listening) => listening.close(),
  })
  const core = await openDomain({ config, log, lifecycle, onStep, watch })
  observe(core)
  await core.startMail()
  const portalServed = isPortalBuilt(config.portalDir)
  const app = createApp({ core, log, telemetry, config: { ...config, portalServed } })
  await openMetrics(config, { telemetry, log, lifecycle, onStep })
  onStep('listen')
  const http = await lifecycle.open({
    open: () => listen(app.fetch, config),
    close: (server: HttpServer, { isGentle }) => server.close(isGentle ? config.shutdownDelaySeconds : 0),
  })
  return http.port
}

/** Opens the port of the metrics, if they have one of their own. */
async function openMetrics(
  { metrics }: Config,
  parts: Omit<StartOptions, 'config'> & Pick<Listening, 'telemetry'>,
): Promise<void> {
  const { telemetry, log, lifecycle, onStep } = parts
  const page = telemetry.metrics
  if (page === null || metrics === null || metrics.port === null) return
  const { host, port, token } = metrics
  onStep('metrics')
  const opened = await lifecycle.open({
    open: () => openMetricsPort(page, { host, port, token }),
    close: (server: MetricsPort) => server.close(),
  })
  log.info({ host, port: opened.port }, 'metrics are served')
}
