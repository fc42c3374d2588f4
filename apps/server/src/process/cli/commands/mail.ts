import { emailField } from '@latchkey/contract'
import { type MailTest, type MailTestAttempt, sendTestMail } from '@latchkey/core'
import type { Command, Given, Run, SettingsRun } from '../command.ts'
import { readField } from '../read-fields.ts'
import { formatTable } from '../table.ts'

const NO_WORDS = { min: 0, max: 0 }
const JSON_OPTION = { json: { type: 'boolean', help: 'Print JSON.' } } as const

export const MAIL_COMMANDS: Command[] = [
  {
    name: 'mail test',
    summary: 'Send one mail now, and tell what each step came to',
    usage: '<address> [options]',
    options: JSON_OPTION,
    words: { min: 1, max: 1 },
    runWithSettings: test,
  },
  {
    name: 'mail list',
    summary: 'List the mail that waits, and why',
    usage: '[options]',
    options: JSON_OPTION,
    words: NO_WORDS,
    run: listWaiting,
  },
  {
    name: 'mail failed',
    summary: 'List the mail given up on in the last 30 days',
    usage: '[options]',
    options: JSON_OPTION,
    words: NO_WORDS,
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

async function listWaiting({ ctx, given, print }: Run): Promise<void> {
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
  printList({ given, print }, { items: mails, head, rows })
}

async function listFailed({ ctx, given, print }: Run): Promise<void> {
  const mails = await ctx.outbox.listFailed()
  const rows = mails.map(({ id, kind, to, failedAt, attempts, reason }) => [
    id,
    kind ?? '?',
    to ?? '?',
    failedAt.toISOString(),
    String(attempts),
    reason,
  ])
  const head = ['mail', 'kind', 'to', 'failed', 'attempts', 'reason']
  printList({ given, print }, { items: mails, head, rows })
}

function printList(
  { given, print }: Pick<Run, 'given' | 'print'>,
  list: { items: unknown[]; head: string[]; rows: string[][] },
): void {
  print(isJson(given) ? JSON.stringify(list.items, null, 2) : formatTable(list.head, list.rows))
}

async function retry({ ctx, given, print }: Run): Promise<void> {
  const ids = given.words.length > 0 ? given.words : undefined
  print(`Put ${await ctx.outbox.retryFailed(ids)} back into the outbox.`)
}

/** @throws when the mail was not sent; the message has the reason and what to do */
async function test({ config, given, print }: SettingsRun): Promise<void> {
  const to = readField('address', emailField(), given.words[0])
  const { mode, smtpUrl, from } = config.mail
  if (mode !== 'smtp' || smtpUrl === null)
    throw new Error(`MAIL is ${mode}: no mail is sent. Set SMTP_URL first.`)
  const result = await sendTestMail({ smtpUrl, from, publicUrl: config.publicUrl, to })
  print(isJson(given) ? JSON.stringify(result, null, 2) : describeTest(result))
  const failure = result.attempts.at(-1)?.failure
  if (failure)
    throw new Error(`Not sent. The step "${failure.step}" failed: ${failure.reason}\n${failure.advice}`)
  if (!isJson(given)) print(`\nSent to ${to}.`)
}

function describeTest({ server, helloName, from, attempts }: MailTest): string {
  const head = formatTable(
    ['server', server],
    [
      ['called', helloName],
      ['sender', from],
    ],
  )
  return [head, ...attempts.map(describeAttempt)].join('\n\n')
}

function describeAttempt({ steps, failure, conversation }: MailTestAttempt): string {
  const rows = steps.map(({ step, outcome }) => [step, outcome])
  if (failure) rows.push([failure.step, `FAILED: ${failure.reason}`])
  return [formatTable(['step', 'outcome'], rows), '', ...conversation].join('\n')
}

function isJson({ options }: Given): boolean {
  return options.json === true
}
