import { spellCount } from '@latchkey/core'
import ipaddr from 'ipaddr.js'
import { type Check, good, look, unknown } from './check.ts'
import { hasProxy } from './proxies.ts'

/** So many sign-ins from one address of an internal network are those of a proxy. */
const ENOUGH = 20
const OUTSIDE = ['unicast']

/** Ids are in the order of time, and the inner limit bounds the work in a trail without such events. */
const FIND_ADDRESSES = `
  select ip, count(*)::int as events from (
    select ip from (select ip, actor from audit_events order by id desc limit 10000) newest
    where ip is not null and actor = 'self' limit 200
  ) recent group by ip order by events desc`

/** The addresses of recent callers, as the server saw them. With a proxy that is not trusted, all are the proxy's. */
export const CLIENT_ADDRESSES: Check = {
  name: 'client addresses',
  examine: async ({ config, migrated }) => {
    const settings = config()
    const rows = await (await migrated()).unsafe(FIND_ADDRESSES)
    const events = rows.reduce((sum, row) => sum + Number(row.events), 0)
    if (events < ENOUGH)
      return [
        unknown(
          `not checked: the audit trail has ${spellCount(events, 'recent event', 'recent events')} of callers`,
        ),
      ]
    const ip = String(rows[0]?.ip)
    if (rows.length > 1 || !hasProxy(settings) || !isInternal(ip)) {
      return [good(`the last ${events} events came from ${spellCount(rows.length, 'address', 'addresses')}`)]
    }
    return [
      look(
        `the last ${events} events all came from ${ip}, which looks like a proxy; raise TRUSTED_PROXIES, or let the proxy send X-Forwarded-For`,
      ),
    ]
  },
}

function isInternal(ip: string): boolean {
  return ipaddr.isValid(ip) && !OUTSIDE.includes(ipaddr.process(ip).range())
}
