import { createTestCore, refusalOf, signUp, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { OPERATOR } from '../../steps/actor.ts'
import { SUPERUSER_ROLE } from '../../words/roles.ts'
import { deleteUser } from './delete-user.ts'

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

async function addSuperuser(isActive: boolean): Promise<string> {
  const { userId } = await signUp(test.ctx)
  await test.database.sql`
    update users set role = ${SUPERUSER_ROLE}, is_active = ${isActive} where id = ${userId}`
  return userId
}

const remove = (userId: string) => deleteUser(test.ctx, { by: OPERATOR, userId })

it('an inactive superuser is deleted also when no other one is there, and the last active one is not', async () => {
  const inactive = await addSuperuser(false)
  await remove(inactive)
  expect(await test.database.sql`select from users where id = ${inactive}`).toEqual([])
  const last = await addSuperuser(true)
  expect((await refusalOf(remove(last))).code).toBe('permission_denied')
  expect(await test.database.sql`select from users where id = ${last}`).toHaveLength(1)
})
