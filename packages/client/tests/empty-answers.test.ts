import { operations, REFERENCE_SETTINGS, resolveOperation } from '@latchkey/contract'
import { describe, expect, test } from 'vitest'
import { createClient } from '../src/index.ts'
import { collectOperations } from './support/all-operations.ts'
import { ADA, BASE_URL } from './support/clients.ts'
import { createModelServer } from './support/model-server.ts'

// Every operation of the client is here, because the list comes from the contract.
const methods = Object.entries(operations).flatMap(([name, definition]) => {
  const { client, procedure } = definition as { client?: string | null; procedure: string }
  const isEmpty = resolveOperation(definition, REFERENCE_SETTINGS).status === 204
  return client === null ? [] : [{ name, path: client ?? procedure, isEmpty }]
})
const FIELDS = { ...ADA, id: 'a', session_id: 'b', key: 'c', role: 0, old_password: 'd', new_password1: 'e' }

/** Finds the method at a path such as `staff.users.list`. */
function findMethod(client: object, path: string): (fields: object) => Promise<unknown> {
  const found = path
    .split('.')
    .reduce((place: unknown, word) => (place as Record<string, unknown>)[word], client)
  return found as (fields: object) => Promise<unknown>
}

describe('an answer with 204', () => {
  test.each(methods)('to $name means success only if the contract says so', async ({ path, isEmpty }) => {
    const server = createModelServer()
    const client = createClient({ baseUrl: BASE_URL, fetch: server.fetch })
    await client.login(ADA)
    server.override = () => new Response(null, { status: 204 })
    const answer = findMethod(collectOperations(client), path)(FIELDS)
    if (isEmpty) await expect(answer).resolves.toBeUndefined()
    else
      await expect(answer).rejects.toMatchObject({
        name: 'LatchkeyError',
        code: 'unexpected_answer',
        status: 204,
      })
  })
})
