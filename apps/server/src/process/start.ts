import { createApp } from '../doors/app.ts'
import { type HttpServer, listen } from '../doors/http/server.ts'
import { openDomain, type StartOptions } from './open-domain.ts'

/** Opens port, secret, database, domain and doors, in this order; gives the port it listens on. */
export async function start({ config, log, lifecycle, onStep }: StartOptions): Promise<number> {
  onStep('listen')
  const http = await lifecycle.open({
    open: () => listen(config),
    close: (server: HttpServer) => server.close(),
  })
  const core = await openDomain({ config, log, lifecycle, onStep })
  await core.startMail()
  const app = createApp({ core, log, config })
  // Opened last, so that it is closed first: what is in flight needs the database to be finished.
  await lifecycle.open({ open: async () => http.serve(app.fetch), close: () => http.close() })
  return http.port
}
