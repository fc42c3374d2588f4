import { createApp } from '../doors/app.ts'
import { type HttpServer, listen } from '../doors/http/server.ts'
import { openDomain, type StartOptions } from './open-domain.ts'

/** Opens port, secret, database, domain and doors, in this order. Returns the port. */
export async function start({ config, log, lifecycle, onStep }: StartOptions): Promise<number> {
  onStep('listen')
  const http = await lifecycle.open({
    open: () => listen(config),
    close: (server: HttpServer) => server.close(),
  })
  const core = await openDomain({ config, log, lifecycle, onStep })
  await core.startMail()
  const app = createApp({ core, log, config })
  // The doors are opened last and so closed first: requests in flight need the database until they end.
  await lifecycle.open({ open: async () => http.serve(app.fetch), close: () => http.close() })
  return http.port
}
