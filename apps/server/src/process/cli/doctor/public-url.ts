import { CLOCK_WARNING_SECONDS, summarizeFault } from '@latchkey/core'
import { VERSION } from '../../../version.ts'
import { type Check, type Finding, good, look, mend, unknown } from './check.ts'
import { describeShift } from './clock.ts'

const TIMEOUT_MILLISECONDS = 5000

/** Calls the server where its callers do: through the proxies. */
export const PUBLIC_URL: Check = {
  name: 'public address',
  examine: async ({ config, now }) => {
    const { publicUrl } = config()
    let health: Response
    try {
      health = await ask(`${publicUrl}/healthz`)
    } catch (error) {
      const reason = summarizeFault(error)
      return [unknown(`${publicUrl} was not reached from here: ${reason}; start the server and the proxy`)]
    }
    // A server that does not trust its caller gives the request an id of its own.
    const isOurs = health.status === 200 && health.headers.has('X-Request-Id')
    if (!isOurs) return [mend(describeStranger(publicUrl, health))]
    return [await describeServer(publicUrl), ...describeDate(health.headers.get('Date'), now())]
  },
}

function ask(url: string): Promise<Response> {
  // A redirect is an answer: it shows an address that is not the one of the server.
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
}

function describeStranger(publicUrl: string, { status, headers }: Response): string {
  const target = headers.get('Location')
  const told = `${publicUrl}/healthz answers ${status}${target ? ` to ${target}` : ''}`
  if (status === 502 || status === 503 || status === 504) {
    return `${told}: the proxy does not reach the server; start the server, or compare HOST and PORT with the proxy`
  }
  return `${told}, and not as this server does; let the proxy pass every path below PUBLIC_URL to it`
}

/** Another server of ours behind the same name has another address or another version. */
async function describeServer(publicUrl: string): Promise<Finding> {
  const answer = await ask(`${publicUrl}/openapi.json`)
  const { info, servers } = (await answer.json()) as {
    info?: { version?: string }
    servers?: { url: string }[]
  }
  const own = servers?.[0]?.url
  if (own !== publicUrl) {
    return mend(`${publicUrl} is answered by a server whose PUBLIC_URL is ${own}; give both the same address`)
  }
  if (info?.version !== VERSION) {
    return look(`${publicUrl} is answered by version ${info?.version}, and this is ${VERSION}`)
  }
  return good(`${publicUrl} leads to this server`)
}

function describeDate(date: string | null, now: number): Finding[] {
  const seconds = (Date.parse(date ?? '') - now) / 1000
  if (Number.isNaN(seconds) || Math.abs(seconds) <= CLOCK_WARNING_SECONDS) return []
  return [mend(`the clock of the server is ${describeShift(seconds)}; synchronise both machines (NTP)`)]
}
