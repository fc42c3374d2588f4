import { readFile } from 'node:fs/promises'
import { createClient } from '@latchkey/client'
import { confirmEmailChange, verifyEmail } from '@latchkey/client/links'
import { createMfaOperations } from '@latchkey/client/mfa'
import { createSocialOperations } from '@latchkey/client/social'
import { createStaffOperations } from '@latchkey/client/staff'
import { createTrpcClient } from '@latchkey/client/trpc'
import { expect, it } from 'vitest'
import { OPERATIONS } from '../../../apps/server/tests/operations.ts'
import { createOperationsPage, listRows } from '../src/operations-page.ts'

it('the committed page equals the page that `npm run generate` makes', async () => {
  const page = await readFile(new URL('../../../docs/guides/side-by-side.md', import.meta.url), 'utf8')
  expect(page).toBe(createOperationsPage())
})

it('the page shows every operation of the router', () => {
  const shown = listRows().map(({ rest }) => rest.split(' ').slice(0, 2).join(' '))
  expect(shown.sort()).toEqual(OPERATIONS.map(({ method, path }) => `${method} ${path}`).sort())
})

it.each(listRows())(
  '$client is a function of the client, and $trpc of the tRPC client',
  ({ client: call, trpc }) => {
    const client = createClient({ baseUrl: 'http://localhost:3000' })
    const staff = createStaffOperations(client)
    const factors = createMfaOperations(client)
    const names = {
      client,
      staff,
      ...factors,
      social: createSocialOperations(client),
      verifyEmail,
      confirmEmailChange,
      trpc: createTrpcClient(client),
    }
    const follow = (text: string) =>
      text
        .replace(/\(.*$/, '')
        .split('.')
        .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], names)
    expect(follow(call)).toBeTypeOf('function')
    expect(follow(trpc)).toBeTypeOf('function')
  },
)
