import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newEmail } from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../../../apps/server/tests/test-server.ts'
import type { Journey } from '../runtimes/generators/journeys/travel.ts'
import { type Installed, installCopy } from '../src/install.ts'
import { runProgram } from '../src/run-program.ts'

const DOCUMENT = join(import.meta.dirname, '../../../apps/server/openapi.json')
const GENERATORS = join(import.meta.dirname, '../runtimes/generators')

/** What the rules may say of the document: that its paths end in a slash, as those of the contract do. */
const EXCEPTIONS = ['redocly no-path-trailing-slash', 'spectral path-keys-no-trailing-slash']

const START = '/social/{provider}/start/'
const CALLBACK = '/social/{provider}/callback/'
/** What the rules say of single places, and why it is right. */
const KNOWN: Record<string, string[]> = {
  // The paths are those of django-jwt-allauth. The methods differ, and no provider may be called accounts.
  'redocly no-ambiguous-paths': [START, CALLBACK, '/social/accounts/{id}/'],
  // A browser is only ever led on.
  'redocly operation-2xx-response': [START, CALLBACK, CALLBACK],
  // It refuses nothing but too many calls, which `default` describes.
  'redocly operation-4xx-response': ['/social/providers/'],
}

interface Traveller {
  makeJourney(journey: Journey): Promise<unknown[]>
}

let installed: Installed
let server: TestServer
beforeAll(async () => {
  ;[installed, server] = await Promise.all([
    installCopy(GENERATORS),
    startTestServer({ settings: { emailVerification: 'mandatory' }, mail: true }),
  ])
  await cp(DOCUMENT, join(installed.folder, 'openapi.json'))
  await runProgram(process.execPath, ['generate.mjs'], { cwd: installed.folder })
  // It installs 360 MB, and runs four generators. With a load of 40 it took more than ten minutes.
}, 1_800_000)
afterAll(async () => {
  await server?.close()
  await installed?.remove()
})

test('the clients of orval, kubb, oazapfts and swagger-typescript-api compile', async () => {
  const args = ['node_modules/typescript/bin/tsc', '-p', '.']
  expect(await runProgram(process.execPath, args, { cwd: installed.folder })).toBe('')
})

describe('a generated client goes from sign-up to the deletion of the user:', () => {
  test.each(['orval', 'kubb', 'oazapfts', 'swagger-typescript-api'])('%s', async (name) => {
    const { makeJourney }: Traveller = await import(join(installed.folder, `journeys/${name}.ts`))
    const email = newEmail()
    const readLink = (kind: 'confirm-registration' | 'reset-password') => server.mailbox.next(email, kind)
    expect(await makeJourney({ baseUrl: server.url, email, readLink })).toEqual([
      'Verification e-mail sent.',
      'email_not_verified',
      'Ada',
      'Augusta',
      [true],
      'New password has been saved.',
      'token_not_valid',
      'Password reset e-mail has been sent.',
      ['new_password2'],
      204,
      204,
      'incorrect_credentials',
    ])
  })
})

/** The path in a JSON pointer; the whole text when there is none. */
const pathOf = (where: string) => where.match(/^#\/paths\/([^/]+)/)?.[1]?.replaceAll('~1', '/') ?? where

test('the recommended rules of Redocly and Spectral name the trailing slashes, and what is known', async () => {
  const document = JSON.parse(await readFile(DOCUMENT, 'utf8'))
  // A rule of Redocly refuses the address of a developer's own machine.
  document.servers[0].url = 'https://accounts.example.org'
  await writeFile(join(installed.folder, 'public.json'), JSON.stringify(document))
  const output = await runProgram(process.execPath, ['lint.mjs', 'public.json'], { cwd: installed.folder })
  const problems: { rule: string; where: string; message: string }[] = JSON.parse(output)
  const others = problems.filter(({ rule }) => !EXCEPTIONS.includes(rule))
  const known = Object.entries(KNOWN).flatMap(([rule, paths]) => paths.map((path) => `${rule} ${path}`))
  expect(others.map(({ rule, where }) => `${rule} ${pathOf(where)}`).sort()).toEqual(known.sort())
  const slashed = Object.keys(document.paths).filter((path) => path.endsWith('/'))
  for (const exception of EXCEPTIONS)
    expect(problems.filter(({ rule }) => rule === exception)).toHaveLength(slashed.length)
})
