import { startTestServer } from '../../../../apps/server/tests/test-server.ts'
import { startProxy, type TestProxy } from './proxy.ts'
import { ACCESS_SECONDS, GRACE_SECONDS, type TestSetup } from './setup.ts'

/** The longest that a cookie may have. It is longer than all steps of a test: a rolled-back token is old, and still a token. */
const REFRESH_LIFETIME_SECONDS = 400 * 86_400

/** A server whose clock a test steps, behind a proxy that the test controls. */
export interface ClockedSetup extends TestSetup {
  /** Steps the clock of the server: `clock.seconds += 86_400`. */
  clock: { seconds: number }
  /** The events in the audit log of this kind. */
  countEvents(kind: string): Promise<number>
}

interface ClockedOptions {
  mode: TestSetup['mode']
  /** The option of the client; its default unless given. */
  bound?: boolean
  /** The option of the client; its default unless given. */
  timeoutSeconds?: number
  /** Serves the page of the tab from another origin than the server's. */
  otherOrigin?: TestProxy
}

/** Starts a real server in this process, so that its clock can be stepped, behind a proxy. */
export async function startClockedSetup(options: ClockedOptions): Promise<ClockedSetup> {
  const { mode, bound, timeoutSeconds, otherOrigin } = options
  const proxy = await startProxy()
  const server = await startTestServer({
    settings: { publicUrl: proxy.url, refreshTokenLifetimeSeconds: REFRESH_LIFETIME_SECONDS },
    core: { config: { accessTokenLifetimeSeconds: ACCESS_SECONDS, refreshGraceSeconds: GRACE_SECONDS } },
    app: {
      corsOrigins: otherOrigin ? [otherOrigin.url] : [],
      ...(mode === 'cookie' && { refreshCookie: { secure: false, sameSite: 'Lax', path: '/' } }),
    },
  })
  proxy.upstream = server.url
  return {
    proxy,
    mode,
    ...(bound !== undefined && { bound }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(otherOrigin && { otherOrigin }),
    clock: server.clock,
    countEvents: async (kind) => {
      const rows = await server.database
        .sql`select count(*)::int as count from audit_events where kind = ${kind}`
      return Number(rows[0]?.count)
    },
    close: async () => {
      await proxy.close()
      await server.close()
    },
  }
}
