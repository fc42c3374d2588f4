import { listKeys } from '@latchkey/core/operations/keys/list-keys'
import { type Command, type Domain, onDomain } from '../command.ts'
import { formatTable } from '../table.ts'

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
]

async function list({ ctx }: Domain) {
  const keys = await listKeys(ctx)
  const rows = keys.map((key) => [key.kid, key.algorithm, key.status, key.createdAt.toISOString()])
  return { text: formatTable(['key', 'algorithm', 'status', 'made'], rows), data: { keys } }
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
