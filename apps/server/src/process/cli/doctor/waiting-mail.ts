import { MINUTE_SECONDS, spellCount } from '@latchkey/core'
import { type Check, good, look } from './check.ts'

/** A worker looks for mail every few seconds. Mail whose attempt is due for so long has no worker. */
const UNATTENDED_MILLISECONDS = 10 * MINUTE_SECONDS * 1000

/** Mail that has failed before, with the reason of the newest failure, and mail that no server sends. */
export const WAITING_MAIL: Check = {
  name: 'waiting mail',
  examine: async ({ domain, now }) => {
    const mails = await (await domain()).outbox.listWaiting()
    const stuck = mails.filter(({ attempts }) => attempts > 0)
    const last = stuck.at(-1)
    const reason = (last?.reason ?? 'unknown').replace(/\s+/g, ' ')
    const ages = mails.map(({ nextAttemptAt }) => now() - (nextAttemptAt?.getTime() ?? now()))
    const findings = [
      ...(last
        ? [
            look(
              `${spellCount(stuck.length, 'mail was', 'mails were')} tried in vain, the last: ${reason}; see latchkey mail list`,
            ),
          ]
        : []),
      ...describeUnattended(ages.filter((age) => age > UNATTENDED_MILLISECONDS)),
    ]
    return findings.length > 0
      ? findings
      : [good(`${spellCount(mails.length, 'mail waits for its', 'mails wait for their')} first attempt`)]
  },
}

function describeUnattended(ages: number[]): ReturnType<typeof look>[] {
  if (ages.length === 0) return []
  const minutes = Math.round(Math.max(...ages) / MINUTE_SECONDS / 1000)
  return [
    look(
      `${spellCount(ages.length, 'mail is', 'mails are')} due for up to ${minutes} minutes, and no server sends ${ages.length === 1 ? 'it' : 'them'}; start a server`,
    ),
  ]
}
