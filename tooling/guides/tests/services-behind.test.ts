import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { logIn, newEmail, PASSWORD, signUp } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer } from '../../../apps/server/tests/test-server.ts'
import { type AuthServer, signInProven, startAuthServer } from '../src/auth-server.ts'
import { writeFiles } from '../src/extract.ts'
import { expectRun, noteRun } from '../src/runs.ts'

/** A secret as Django makes it, which a former deployment shared with its services. */
const SECRET = 'django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz'

/** What a service of the former deployment does with a token: Simple JWT, with the settings of the page or its own. */
const SERVICE = `
import sys
from django.conf import settings
if sys.argv[2] == 'page':
    from settings import SIMPLE_JWT
else:
    SIMPLE_JWT = {'ALGORITHM': 'HS256', 'SIGNING_KEY': sys.argv[2], 'USER_ID_CLAIM': 'user_id'}
if sys.argv[3:]: SIMPLE_JWT['AUDIENCE'] = sys.argv[3]
settings.configure(SECRET_KEY='x' * 50, SIMPLE_JWT=SIMPLE_JWT, INSTALLED_APPS=[
    'django.contrib.auth', 'django.contrib.contenttypes', 'rest_framework'])
import django
django.setup()
from rest_framework_simplejwt.authentication import JWTStatelessUserAuthentication
service = JWTStatelessUserAuthentication()
try: print(service.get_user(service.get_validated_token(sys.argv[1])).id)
except Exception as error: print(type(error).__name__)`

const EMAIL = newEmail()

let server: AuthServer
let scripts: string
beforeAll(async () => {
  server = await startAuthServer()
  const edit = (code: string) => code.replace('http://localhost:3000', server.url)
  scripts = await writeFiles('services-behind', { folder: 'services-behind', edit })
  await signInProven(server, EMAIL)
  await server.database.sql`update users set external_id = '17' where email = ${EMAIL}`
})
afterAll(() => server?.close())

/** Runs Debian's Python, which has the packages, in the folder of the page. */
async function python(...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('/usr/bin/python3', args, { cwd: scripts })
  return stdout.trim()
}

async function signIn(): Promise<{ access: string; refresh: string }> {
  const body = JSON.stringify({ email: EMAIL, password: PASSWORD })
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${server.url}/login/`, { method: 'POST', headers, body })
  return (await answer.json()) as { access: string; refresh: string }
}

it('Simple JWT with the settings of the page reads the id that the service stored', async () => {
  expect(await python('-c', SERVICE, (await signIn()).access, 'page')).toBe('17')
  noteRun('services-behind/settings.py')
})

it('Simple JWT with another audience refuses the token', async () => {
  expect(await python('-c', SERVICE, (await signIn()).access, 'page', 'http://elsewhere')).toBe(
    'InvalidToken',
  )
})

it('PyJWT reads the id that the service stored, and refuses the token without an audience', async () => {
  const { access: token } = await signIn()
  expect(await python(join(scripts, 'verify.py'), token)).toBe('17')
  noteRun('services-behind/verify.py')
  const bare = `
import sys, jwt
from verify import keys
try: jwt.decode(sys.argv[1], keys.get_signing_key_from_jwt(sys.argv[1]).key, algorithms=['ES256'])
except jwt.InvalidAudienceError: print('InvalidAudienceError')`
  expect((await python('-c', bare, token)).split('\n').at(-1)).toBe('InvalidAudienceError')
})

it('a refresh token is nothing to a service', async () => {
  const { refresh } = await signIn()
  expect(await python('-c', SERVICE, refresh, 'page')).toBe('InvalidToken')
  await expect(python(join(scripts, 'verify.py'), refresh)).rejects.toThrow('Unable to find a signing key')
})

it('a service with its former settings goes on while its secret is the signing key', async () => {
  const own = await startTestServer({ core: { jwtAlgorithm: 'HS256' } })
  try {
    const before = await signUp(own.ctx, newEmail())
    expect(await python('-c', SERVICE, before.tokens.access, SECRET)).toBe('InvalidToken')
    await own.ctx.keys.share(SECRET)
    const { access } = await logIn(own.ctx, before)
    expect(await python('-c', SERVICE, access, SECRET)).toBe(before.userId)
  } finally {
    await own.close()
  }
})

it('the test has run every block of the page', () => expectRun('services-behind.test.ts'))
