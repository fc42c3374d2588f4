import { isId } from '@latchkey/contract'
import { type Command, type Domain, onDomain } from '../command.ts'
import { formatTable } from '../table.ts'
import { UsageError } from '../usage-error.ts'

export const MAIL_COMMANDS: Command[] = [
  {
    name: 'mail failed',
    summary: 'List the mail given up on in the last 30 days',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    plan: () => onDomain(listFailed),
  },
  {
    name: 'mail retry',
    summary: 'Put mail given up on back into the outbox',
    usage: '[id …]',
    options: {},
    words: { min: 0, max: 1000 },
    plan: ({ words }) => {
      const ids = words.length > 0 ? words.map(readMailId) : undefined
      return onDomain((domain) => retry(domain, ids))
    },
  },
]

async function listFailed({ ctx }: Domain) {
  const mails = await ctx.outbox.listFailed()
  const rows = mails.map(({ id, kind, to, failedAt, attempts, reason }) => [
    id,
    kind ?? '?',
    to ?? '?',
    failedAt.toISOString(),
    String(attempts),
    reason,
  ])
  return { text: formatTable(['mail', 'kind', 'to', 'failed', 'attempts', 'reason'], rows), data: { mails } }
}

async function retry({ ctx }: Domain, ids: string[] | undefined) {
  const count = await ctx.outbox.retryFailed(ids)
  return { text: `Put ${count} back into the outbox.`, data: { queued: count } }
}

/** Another text would be a fault of the database. */
function readMailId(word: string): string {
  const id = word.toLowerCase()
  if (!isId(id))
    throw new UsageError(`"${word}" is not the id of a mail; latchkey mail failed shows the ids.`)
  return id
}
