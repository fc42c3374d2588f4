import { isId, knownEmailField } from '@latchkey/contract'
import { type MailTest, type MailTestAttempt, sendTestMail, spellCount } from '@latchkey/core'
import type { Config } from '../../config/index.ts'
import { type Answer, type Command, type Domain, onDomain } from '../command.ts'
import { formatTable } from '../table.ts'
import { UsageError } from '../usage-error.ts'

export const MAIL_COMMANDS: Command[] = [
  {
    name: 'mail test',
    summary: 'Send one mail now, and tell what each step came to',
    usage: '<address>',
    options: {},
    words: { min: 1, max: 1 },
    plan: ({ words }) => {
      const to = readAddress(words[0] ?? '')
      return ({ config }) => test(config, to)
    },
  },
  {
    name: 'mail list',
    summary: 'List the mail that waits, and why',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    plan: () => onDomain(listWaiting),
  },
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

/** Connects as the workers of the server do, and needs no database. */
async function test({ mail, publicUrl, brand }: Config, to: string): Promise<Answer> {
  const { mode, smtpUrl, from } = mail
  if (mode !== 'smtp' || smtpUrl === null) {
    throw new Error(`MAIL is ${mode}: no mail is sent. Set SMTP_URL first.`)
  }
  const result = await sendTestMail({ smtpUrl, from, name: brand.name, publicUrl, to })
  const failure = result.attempts.at(-1)?.failure
  const text = describeTest(result)
  if (!failure) return { text: `${text}\n\nSent to ${to}.`, data: result }
  const sentence = `Not sent. The step "${failure.step}" failed: ${failure.reason}\n${failure.advice}`
  return { text, data: result, failure: sentence }
}

function describeTest({ server, helloName, from, attempts }: MailTest): string {
  const rows = [
    ['called', helloName],
    ['sender', from],
  ]
  return [formatTable(['server', server], rows), ...attempts.map(describeAttempt)].join('\n\n')
}

function describeAttempt({ steps, failure, conversation }: MailTestAttempt): string {
  const rows = steps.map(({ step, outcome }) => [step, outcome])
  if (failure) rows.push([failure.step, `FAILED: ${failure.reason}`])
  return [formatTable(['step', 'outcome'], rows), '', ...conversation].join('\n')
}

async function listWaiting({ ctx }: Domain) {
  const mails = await ctx.outbox.listWaiting()
  const rows = mails.map(({ id, kind, to, queuedAt, attempts, nextAttemptAt, reason }) => [
    id,
    kind ?? '?',
    to ?? '?',
    queuedAt.toISOString(),
    String(attempts),
    nextAttemptAt?.toISOString() ?? 'runs now',
    reason ?? '',
  ])
  const head = ['mail', 'kind', 'to', 'queued', 'attempts', 'next attempt', 'why it waits']
  return { text: formatTable(head, rows), data: { mails } }
}

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
  return { text: `Put ${spellCount(count, 'mail', 'mails')} back into the outbox.`, data: { queued: count } }
}

/** A relay on this machine takes `root@localhost` too. */
function readAddress(word: string): string {
  const read = knownEmailField().safeParse(word)
  if (!read.success) throw new UsageError(`"${word}" is not an email address.`)
  return read.data
}

/** Another text would be a fault of the database. */
function readMailId(word: string): string {
  const id = word.toLowerCase()
  if (!isId(id))
    throw new UsageError(`"${word}" is not the id of a mail; latchkey mail failed shows the ids.`)
  return id
}
