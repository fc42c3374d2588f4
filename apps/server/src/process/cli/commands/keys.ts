import { text } from 'node:stream/consumers'
import { spellCount } from '@latchkey/core'
import { resealSecrets } from '@latchkey/core/operations/keys/reseal-secrets'
import { type Command, type Domain, type Given, onDomain } from '../command.ts'
import { confirm, requireTerminalOr } from '../confirm.ts'
import { describeResealed } from '../describe-resealed.ts'
import { showProgress } from '../progress.ts'
import { formatTable } from '../table.ts'
import { UsageError } from '../usage-error.ts'

export const KEY_COMMANDS: Command[] = [
  {
    name: 'keys list',
    summary: 'List the signing keys that still verify',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    plan: () => onDomain(list),
  },
  {
    name: 'keys rotate',
    summary: 'Sign with the next key from now on',
    usage: '[--force]',
    options: {
      force: {
        type: 'boolean',
        help: 'Rotate although the last rotation was a moment ago.',
      },
    },
    words: { min: 0, max: 0 },
    plan: ({ options }) => onDomain((domain) => rotate(domain, options.force === true)),
  },
  {
    name: 'keys retire',
    summary: 'Take a key out of service at once, such as one that was stolen',
    usage: '<key> [--yes]',
    options: { yes: { type: 'boolean', help: 'Do not ask.' } },
    words: { min: 1, max: 1 },
    plan: ({ words, options }: Given) => {
      const kid = readKeyId(words[0])
      const yes = options.yes === true
      requireTerminalOr(yes, 'keys retire')
      return onDomain((domain) => retire(domain, kid, yes))
    },
  },
  {
    name: 'keys import-hs256',
    summary: 'Sign with the secret of a former deployment, until its services read the published keys',
    usage: '--secret-stdin',
    options: {
      'secret-stdin': { type: 'boolean', help: 'Read the secret from standard input.' },
    },
    words: { min: 0, max: 0 },
    plan: ({ options }) => {
      if (options['secret-stdin'] !== true)
        throw new UsageError('A command line never contains a secret; use --secret-stdin.')
      return onDomain(importHs256)
    },
  },
  {
    name: 'keys reseal',
    summary: 'Encrypt stored secrets under the present SECRET_KEY, before a former one is dropped',
    usage: '',
    options: {},
    words: { min: 0, max: 0 },
    plan: () => onDomain(reseal),
  },
]

async function list({ ctx }: Domain) {
  const keys = (await ctx.keys.list()).map(({ seal: _, ...key }) => key)
  const rows = keys.map((key) => [
    ...[key.kid, key.algorithm, key.status, key.createdAt.toISOString()],
    key.retiredAt?.toISOString() ?? '',
  ])
  const table = formatTable(['key', 'algorithm', 'status', 'made', 'retired'], rows)
  const shared = keys.filter(({ isShared }) => isShared).map(({ kid }) => `\n${kid}: ${FORGEABLE}`)
  return { text: table + shared.join(''), data: { keys } }
}

const FORGEABLE =
  'every program that verifies with this secret can also forge access tokens. It is for a short time.'

async function importHs256({ ctx }: Domain) {
  const secret = (await text(process.stdin)).replace(/\r?\n$/, '')
  const kid = await ctx.keys.share(secret).catch((error: unknown) => {
    throw error instanceof RangeError ? new UsageError(error.message) : error
  })
  const told = `${kid} signs now; running servers follow within a minute. The former key verifies on.\nWarning: ${FORGEABLE} Let the services read /.well-known/jwks.json, and then set JWT_ALGORITHM to ES256: the start after that retires this key.`
  return { text: told, data: { kid } }
}

async function rotate({ ctx }: Domain, force: boolean) {
  const refusedUntil = await ctx.keys.rotate({ force })
  if (refusedUntil) {
    throw new Error(
      `The last rotation was a moment ago, and services may not know the next key yet. Rotate again after ${refusedUntil.toISOString()}, or add --force.`,
    )
  }
  const { kid } = ctx.keys.active()
  const text = `${kid} signs now; running servers follow within a minute. The former key verifies on.`
  return { text, data: { kid } }
}

async function retire({ ctx }: Domain, kid: string, yes: boolean) {
  const key = (await ctx.keys.list()).find((candidate) => candidate.kid === kid)
  if (!key) throw new Error(unknownKey(kid))
  const question = `Take the ${key.status} key ${kid} out of service? Its access tokens are refused then, and clients refresh.`
  if (!yes && !(await confirm(question))) throw new Error(`${kid} stays in service.`)
  const status = await ctx.keys.retire(kid)
  if (status === null) throw new Error(unknownKey(kid))
  const active = ctx.keys.active().kid
  const successor = status === 'active' ? ` ${active} signs now.` : ''
  const text = `${kid} is out of service, and its private half is deleted.${successor} Running servers follow within a minute; services with a copy of the published keys follow when they look again.`
  return { text, data: { kid, status, active } }
}

/** Twelve characters of base64url. */
function readKeyId(word = ''): string {
  if (/^[\w-]{12}$/.test(word)) return word
  throw new UsageError(`"${word}" is not the id of a key; latchkey keys list shows them.`)
}

function unknownKey(kid: string): string {
  return `No key ${kid} is in service. See: latchkey keys list`
}

async function reseal({ ctx }: Domain) {
  const { foreign, ...resealed } = await resealSecrets(ctx, showProgress('sealed anew'))
  const { signingKeys, totp, mails } = resealed
  const told = describeResealed({ signingKeys, totp, mails })
  if (foreign > 0) {
    throw new Error(
      `${told} ${spellCount(foreign, 'other authenticator app was', 'other authenticator apps were')} sealed under a secret that is in no setting. Add it to SECRET_KEY_FALLBACKS, and run this again.`,
    )
  }
  return {
    text: `${told} latchkey secret list shows whether a former secret may be dropped.`,
    data: resealed,
  }
}
