import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from '@latchkey/testkit'
import { runCommand } from '../faults/operator-faults.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { World } from '../world/world.ts'

/** A mail whose sender was killed is taken over within a minute, and the pauses between attempts grow. */
const DRAIN_MILLISECONDS = 180_000
const PAUSE_MILLISECONDS = 1000

/** Waits until no mail waits any more. No mail may have been given up on. */
export async function drainMail(program: string, world: World, ledger: Ledger): Promise<void> {
  const isEmpty = async (list: string) =>
    /\[\]/.test(await runCommand(program, world, ['mail', list, '--json']))
  const isDrained = async () => {
    if (await isEmpty('list')) return true
    await sleep(PAUSE_MILLISECONDS)
    return false
  }
  await waitUntil(isDrained, 'the outbox', DRAIN_MILLISECONDS).catch(() =>
    ledger.finding('mail_waits', 'mail still waits after all faults'),
  )
  if (!(await isEmpty('failed'))) ledger.finding('mail_lost', 'a mail was given up on')
}
