import { join } from 'node:path'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AuthServer, startAuthServer } from '../src/auth-server.ts'
import { runBundle } from '../src/bundle.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun } from '../src/runs.ts'

interface Form {
  loadLanguage(wanted?: string[]): Promise<string>
  signIn(
    email: string,
    password: string,
    language: string,
  ): Promise<{ message: string; fields: object } | null>
}

let server: AuthServer
let form: Form
beforeAll(async () => {
  server = await startAuthServer()
  const edit = (code: string) => code.replaceAll('http://localhost:3000', server.url)
  const folder = await writeFiles('errors', { folder: 'errors', edit })
  form = await runBundle<Form>(join(folder, 'form.ts'))
})
afterAll(() => server?.close())

it('a refused sign-in has a sentence for the form, and a refused field one beside it', async () => {
  const wrong = await form.signIn(newEmail(), 'not this one', 'en')
  expect(wrong?.message).toMatch(/\w/)
  expect(wrong?.fields).toEqual({})
  const empty = await form.signIn('', '', 'en')
  expect(Object.keys(empty?.fields ?? {}).sort()).toEqual(['email', 'password'])
})

it('a loaded language has sentences of its own', async () => {
  const email = newEmail()
  expect(await form.loadLanguage(['de-AT'])).toBe('de')
  const german = await form.signIn(email, 'not this one', 'de')
  expect(german?.message).toMatch(/\w/)
  expect(german).not.toEqual(await form.signIn(email, 'not this one', 'en'))
})

it('a language that the client lacks gets the English sentence', async () => {
  const email = newEmail()
  expect(await form.signIn(email, 'not this one', 'tlh')).toEqual(
    await form.signIn(email, 'not this one', 'en'),
  )
})

it('every block for this test was run', () => expectRun('errors.test.ts'))
