import { type Check, good, look } from './check.ts'

/** Mail that has failed before, with the reason of the newest failure. */
export const WAITING_MAIL: Check = {
  name: 'waiting mail',
  examine: async ({ domain }) => {
    const mails = await (await domain()).outbox.listWaiting()
    const stuck = mails.filter(({ attempts }) => attempts > 0)
    const last = stuck.at(-1)
    if (!last) return [good(`${mails.length} mails wait for their first attempt`)]
    const reason = (last.reason ?? 'unknown').replace(/\s+/g, ' ')
    return [look(`${stuck.length} mails were tried in vain, the last: ${reason}; see latchkey mail list`)]
  },
}
