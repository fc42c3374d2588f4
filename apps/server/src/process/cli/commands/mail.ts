import type { Command, Run } from '../command.ts'
import { formatTable } from '../table.ts'

export const MAIL_COMMANDS: Command[] = [
  {
    name: 'mail failed',
    summary: 'List the mail given up on in the last 30 days',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    run: listFailed,
  },
  {
    name: 'mail retry',
    summary: 'Put mail given up on back into the outbox',
    usage: '[id …]',
    options: {},
    words: { min: 0, max: 1000 },
    run: retry,
  },
]

async function listFailed({ ctx, print }: Run): Promise<void> {
  const mails = await ctx.outbox.listFailed()
  const rows = mails.map(({ id, kind, to, failedAt, attempts, reason }) => [
    id,
    kind ?? '?',
    to ?? '?',
    failedAt.toISOString(),
    String(attempts),
    reason,
  ])
  print(formatTable(['mail', 'kind', 'to', 'failed', 'attempts', 'reason'], rows))
}

async function retry({ ctx, given, print }: Run): Promise<void> {
  const ids = given.words.length > 0 ? given.words : undefined
  print(`Put ${await ctx.outbox.retryFailed(ids)} back into the outbox.`)
}
