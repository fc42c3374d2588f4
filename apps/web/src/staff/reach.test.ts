import { isStaffRole } from '@latchkey/contract/roles'
import { expect, test } from 'vitest'
import { createMessages } from '../languages/create-messages.ts'
import { ENGLISH } from '../languages/generated/catalogues.ts'
import { describeRole, listRoles } from './describe-role.ts'
import { whyOutOfReach } from './reach.ts'

const { t } = createMessages('en', ENGLISH)
const account = (role: number) => ({ id: 'them', role })

test('staff act on users without a staff role, and superusers act on every user', () => {
  const staff = { id: 'me', role: 1000 }
  const superuser = { id: 'me', role: 900 }
  expect([0, 7, 1000, 900].map((role) => whyOutOfReach(staff, account(role)))).toEqual([
    null,
    null,
    'staff',
    'staff',
  ])
  expect([0, 7, 1000, 900].map((role) => whyOutOfReach(superuser, account(role)))).toEqual(
    Array(4).fill(null),
  )
})

test('staff cannot act on their own user', () => {
  expect(whyOutOfReach({ id: 'me', role: 900 }, { id: 'me', role: 900 })).toBe('own')
})

test('roles are a set: a number above 1000 is no staff role', () => {
  expect([0, 899, 900, 999, 1000, 1001].filter(isStaffRole)).toEqual([900, 1000])
})

test('a role that the operator defines is listed when it is the current role', () => {
  expect(listRoles(t).map(({ name }) => name)).toEqual(['User', 'Staff', 'Superuser'])
  expect(listRoles(t, 7).at(-1)).toEqual({ value: '7', name: 'Role 7' })
  expect(describeRole(900, t)).toBe('Superuser')
})
