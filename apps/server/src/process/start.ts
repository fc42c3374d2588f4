import { createApp } from '../doors/app.ts'
import { requireFreePort } from '../doors/http/require-free-port.ts'
import { type HttpServer, listen } from '../doors/http/server.ts'
import { isPortalBuilt } from '../doors/portal/files.ts'
import { openDomain, type StartOptions } from './open-domain.ts'

/**
 * Opens secret, database, domain, doors and port, in this order. Returns the port.
 *
 * The port is checked first, so that a second server on one machine touches nothing. It is opened last: a proxy sends
 * requests to a port that accepts connections. So it is closed first, because requests in flight need the database.
 */
export async function start({ config, log, lifecycle, onStep }: StartOptions): Promise<number> {
  onStep('listen')
  await requireFreePort(config)
  const core = await openDomain({ config, log, lifecycle, onStep })
  await core.startMail()
  const portalServed = isPortalBuilt(config.portalDir)
  const app = createApp({ core, log, config: { ...config, portalServed } })
  onStep('listen')
  const http = await lifecycle.open({
    open: () => listen(app.fetch, config),
    close: (server: HttpServer, { isGentle }) => server.close(isGentle ? config.shutdownDelaySeconds : 0),
  })
  return http.port
}
