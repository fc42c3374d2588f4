import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../test-server.ts'

const SCRIPT = fileURLToPath(new URL('../../../../docs/guides/journey.py', import.meta.url))

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ settings: { emailVerification: 'mandatory' }, mail: true })
})
afterAll(() => server?.close())

it('a Python script goes from sign-up to the deletion of the user with the standard library alone', async () => {
  const mailbox = server.mailbox.settings.mailboxDir ?? ''
  // -I: the script can import only the standard library.
  const { stdout } = await promisify(execFile)('python3', ['-I', SCRIPT, server.url, mailbox, newEmail()])
  expect(stdout.trim().split('\n')).toEqual([
    'Verification e-mail sent.',
    'email_not_verified',
    'Ada',
    'Augusta',
    '1 session',
    'New password has been saved.',
    'Successfully logged out.',
    'This password is too short. It must contain at least 8 characters.',
    'Password reset.',
    'deleted',
  ])
})
