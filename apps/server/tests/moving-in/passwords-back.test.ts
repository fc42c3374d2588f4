import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DJANGO_PASSWORD,
  type DjangoStandIn,
  NEW_PASSWORD,
  readClaims,
  startDjangoStandIn,
} from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { call } from '../call.ts'
import { type Move, prepareMove } from './move.ts'

let move: Move
let url: string
let standIn: DjangoStandIn
beforeAll(async () => {
  move = await prepareMove()
  standIn = await startDjangoStandIn(move.django.url)
  await move.importAll('--final')
  url = (await move.serve()).url
})
afterAll(async () => {
  await standIn?.close()
  await move?.close()
})

const signIn = (base: string, email: string, password: string) =>
  call(`${base}/login/`, { method: 'POST', json: { email, password } })
const exportPasswords = (...words: string[]) => move.latchkey(['export', 'django-passwords', ...words])

it('passwords that were set or upgraded here sign in at the old server again, and no other is written', async () => {
  const [ada, grace] = ['ada@example.com', 'grace@example.com']
  const upgraded = await signIn(url, ada, ` ${DJANGO_PASSWORD}`)
  expect(readClaims((upgraded.body as { access: string }).access).user_id).toBe('1')
  const { body } = await signIn(url, grace, DJANGO_PASSWORD)
  const json = { old_password: DJANGO_PASSWORD, new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }
  const token = (body as { access: string }).access
  expect((await call(`${url}/password/change/`, { method: 'POST', json, token })).status).toBe(200)

  const file = join(move.folder, 'passwords.csv')
  expect(await exportPasswords('--to', file)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Wrote 2 passwords'),
  })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  expect(lines).toEqual([
    'id,password,change',
    expect.stringMatching(/^"1","argon2\$argon2id\$v=19\$.*","upgraded"$/),
    expect.stringMatching(/^"2","argon2\$argon2id\$v=19\$.*","set"$/),
  ])

  // The statements of the guide, with rows in the place of \copy.
  const { sql } = move.django
  await sql`create table back (id text, password text, change text)`
  for (const line of lines.slice(1)) {
    const [id = '', password = '', change = ''] = line.slice(1, -1).split('","')
    await sql`insert into back values (${id}, ${password}, ${change})`
  }
  await sql`update jwt_allauth_jauser u set password = back.password from back where u.id::text = back.id`
  expect((await signIn(standIn.url, ada, DJANGO_PASSWORD)).status).toBe(200)
  expect((await signIn(standIn.url, grace, NEW_PASSWORD)).status).toBe(200)
  expect((await signIn(standIn.url, grace, DJANGO_PASSWORD)).status).not.toBe(200)
})

it('a file that exists is not replaced, and an unknown deployment is named as such', async () => {
  const file = join(move.folder, 'twice.csv')
  expect((await exportPasswords('--to', file)).code).toBe(0)
  const twice = await exportPasswords('--to', file)
  expect([twice.code === 0, twice.err]).toEqual([false, expect.stringContaining('exists already')])
  const unknown = await exportPasswords('--to', join(move.folder, 'none.csv'), '--source', 'another')
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('--source with one of') })
  expect(await exportPasswords()).toMatchObject({ code: 2, err: expect.stringContaining('--to <file>') })
})
