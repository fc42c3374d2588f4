import { setTimeout as sleep } from 'node:timers/promises'
import { type Context, DAY_SECONDS, spellCount } from '@latchkey/core'
import { listSecretUses } from '@latchkey/core/operations/keys/list-secret-uses'
import { resealSecrets } from '@latchkey/core/operations/keys/reseal-secrets'
import type { Answer, Command, Given, Run } from '../command.ts'
import { confirm, requireTerminalOr } from '../confirm.ts'
import { describeResealed } from '../describe-resealed.ts'
import { describeUse } from '../describe-secret-use.ts'
import { showProgress } from '../progress.ts'
import { readDuration } from '../read-duration.ts'
import { replaceFile } from '../replace-file.ts'
import { requireSecretFiles, rotateFiles } from '../secret-files.ts'
import { formatTable } from '../table.ts'

/** A server reads its files every two seconds. A file that has to reach other machines takes longer. */
const DEFAULT_WAIT = '10s'
/** A timer of Node.js fires at once when it is set for more than 24 days. */
const MAX_WAIT_SECONDS = DAY_SECONDS

export const SECRET_COMMANDS: Command[] = [
  {
    name: 'secret list',
    summary: 'List the secrets by their ids, and what still needs the former ones',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    plan: () => list,
  },
  {
    name: 'secret rotate',
    summary: 'Make a new SECRET_KEY in the files that running servers follow, and seal anew under it',
    usage: '[--wait <duration>]',
    options: {
      wait: {
        type: 'string',
        help: `How long the files take to reach every server. Default: ${DEFAULT_WAIT}.`,
      },
    },
    words: { min: 0, max: 0 },
    plan: ({ options }: Given) => {
      const bounds = { minSeconds: 0, maxSeconds: MAX_WAIT_SECONDS }
      const seconds = readDuration('wait', String(options.wait ?? DEFAULT_WAIT), bounds)
      return (run) => rotate(run, seconds)
    },
  },
  {
    name: 'secret retire',
    summary: 'Drop the former secrets, when nothing needs them any more',
    usage: '[--force] [--yes]',
    options: {
      force: { type: 'boolean', help: 'Drop them although something needs them, which is lost then.' },
      yes: { type: 'boolean', help: 'Do not ask.' },
    },
    words: { min: 0, max: 0 },
    plan: ({ options }: Given) => {
      const yes = options.yes === true
      requireTerminalOr(yes, 'secret retire')
      return (run) => retire(run, { yes, force: options.force === true })
    },
  },
]

async function list({ open }: Run): Promise<Answer> {
  const { ctx } = await open()
  const { current, accepted } = ctx.secrets['refresh-token']
  const secrets = [...accepted.keys()].reverse().map((id) => ({ id, signs: id === current.kid }))
  const needs = await listSecretUses(ctx)
  const rows = secrets.map(({ id, signs }) => [id, signs ? 'signs and is accepted' : 'is accepted'])
  const lines = needs.map((use) => `Still needed: ${describeUse(use)}.`)
  return {
    text: [formatTable(['secret', 'what it does'], rows), ...lines].join('\n'),
    data: { secrets, needs },
  }
}

async function rotate({ config, open }: Run, waitSeconds: number): Promise<Answer> {
  const files = requireSecretFiles(config)
  const { ctx } = await open()
  const former = presentOf(ctx)
  const isNew = await rotateFiles(files, async (reason) => {
    process.stderr.write(`waiting ${waitSeconds} s ${reason}\n`)
    await sleep(waitSeconds * 1000)
  })
  if (isNew) await waitForFollowing(ctx, former)
  const resealed = await resealSecrets(ctx, showProgress('sealed anew'))
  const needs = await listSecretUses(ctx)
  const { signingKeys, totp, mails } = resealed
  const text = [
    ...(isNew ? [] : ['This ended a rotation that was killed. No other secret was made.']),
    `${presentOf(ctx)} signs now. Still accepted: ${formerOf(ctx).join(', ')}.`,
    describeResealed({ signingKeys, totp, mails }),
    ...needs.map((use) => `Still needs the former secret: ${describeUse(use)}.`),
    'When nothing needs it, run: latchkey secret retire',
  ]
  return {
    text: text.join('\n'),
    data: { secret: presentOf(ctx), accepted: formerOf(ctx), ...resealed, needs },
  }
}

async function retire({ config, open }: Run, given: { yes: boolean; force: boolean }): Promise<Answer> {
  const { fallbacks } = requireSecretFiles(config)
  const { ctx } = await open()
  const needs = await listSecretUses(ctx)
  if (needs.length > 0 && !given.force) {
    const told = needs.map((use) => `Still needed: ${describeUse(use)}.`)
    throw new Error([...told, 'Nothing was dropped. Run this later, or add --force to lose that.'].join('\n'))
  }
  const former = formerOf(ctx)
  const question = `Drop ${spellCount(former.length, 'former secret? What only it opens', 'former secrets? What only they open')} is lost then.`
  if (!given.yes && !(await confirm(question))) throw new Error('Nothing was dropped.')
  await replaceFile(fallbacks, '')
  return {
    text: `Dropped: ${former.join(', ') || 'none'}. Running servers follow.`,
    data: { dropped: former },
  }
}

function formerOf(ctx: Context): string[] {
  return [...ctx.secrets['refresh-token'].accepted.keys()].filter((id) => id !== presentOf(ctx))
}

function presentOf({ secrets }: Context): string {
  return secrets['refresh-token'].current.kid
}

/** This process follows the files as the servers do. */
async function waitForFollowing(ctx: Context, former: string): Promise<void> {
  for (let turn = 0; presentOf(ctx) === former; turn++) {
    if (turn === 100)
      throw new Error('The new secret is in the files, and was not read from them. See: latchkey doctor')
    await sleep(100)
  }
}
