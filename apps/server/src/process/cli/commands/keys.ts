import { listKeys } from '@latchkey/core/operations/keys/list-keys'
import type { Command, Run } from '../command.ts'
import { formatTable } from '../table.ts'

const plain = { usage: '', options: {}, words: { min: 0, max: 0 } }

export const KEY_COMMANDS: Command[] = [
  { name: 'keys list', summary: 'List the signing keys that still verify', ...plain, run: list },
  { name: 'keys rotate', summary: 'Sign with the next key from now on', ...plain, run: rotate },
]

async function list({ ctx, print }: Run): Promise<void> {
  const keys = await listKeys(ctx)
  const rows = keys.map((key) => [key.kid, key.algorithm, key.status, key.createdAt.toISOString()])
  print(formatTable(['key', 'algorithm', 'status', 'made'], rows))
}

async function rotate({ ctx, print }: Run): Promise<void> {
  await ctx.keys.rotate({ force: true })
  print(
    `${ctx.keys.active().kid} signs now; running servers follow within a minute. The former key verifies on.`,
  )
}
