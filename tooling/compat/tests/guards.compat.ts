import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installed, installFresh } from '../src/install.ts'
import { runProgram } from '../src/run-program.ts'

let installed: Installed
beforeAll(async () => {
  installed = await installFresh([
    'express4@npm:express@4.22.3',
    'express5@npm:express@5.3.0',
    'fastify@5.12.8',
  ])
})
afterAll(() => installed?.remove())

/** A verifier that knows one token, and whose keys break for another one. */
const VERIFIER = `
import { AccessRefusal } from '@latchkey/client/server'
const authentication = { acr: 'aal1', amr: ['pwd'], authTime: new Date() }
const user = { userId: 'u-1', sessionId: 's-1', role: 0, emailVerified: false }
const identity = { ...user, ...authentication, expiresAt: new Date(), claims: {} }
const verifier = {
  authenticate: async (header) => {
    if (header === 'Bearer good') return identity
    if (header === 'Bearer break') throw new Error('a fault of the service')
    throw new AccessRefusal('token_not_valid', { fault: 'Token is invalid' })
  },
}
async function ask(url) {
  for (const [path, token] of [['/any', 'good'], ['/staff', 'good'], ['/proven', 'good'], ['/recent', 'good'], ['/two', 'good'], ['/any', 'bad'], ['/any', 'break']]) {
    const answer = await fetch(url + path, { headers: { Authorization: 'Bearer ' + token } })
    console.log(path, token, answer.status, await answer.text())
  }
  process.exit(0)
}
`

const express = (name: string) => `${VERIFIER}
import express from '${name}'
import { createGuards, identityOf } from '@latchkey/client/express'
const guards = createGuards(verifier)
const app = express()
const answer = (request, response) => response.send(identityOf(request).userId + (request.identity === identity))
app.get('/any', guards.requireUser(), answer)
app.get('/staff', guards.requireRole(1000), answer)
app.get('/proven', guards.requireVerifiedEmail(), answer)
app.get('/recent', guards.requireRecentAuthentication(), answer)
app.get('/two', guards.requireRecentAuthentication({ acr: 'aal2' }), answer)
app.use((error, request, response, next) => response.status(500).send(error.message))
const server = app.listen(0, '127.0.0.1', () => ask('http://127.0.0.1:' + server.address().port))
`

const FASTIFY = `${VERIFIER}
import Fastify from 'fastify'
import { createGuards, identityOf } from '@latchkey/client/fastify'
const guards = createGuards(verifier)
const app = Fastify()
const answer = async (request) => identityOf(request).userId + (identityOf(request) === identity)
app.get('/any', { preHandler: guards.requireUser() }, answer)
app.get('/staff', { onRequest: [guards.requireRole(1000)] }, answer)
app.get('/proven', { onRequest: guards.requireVerifiedEmail() }, answer)
app.get('/recent', { onRequest: guards.requireRecentAuthentication() }, answer)
app.get('/two', { onRequest: guards.requireRecentAuthentication({ acr: 'aal2' }) }, answer)
app.setErrorHandler((error, request, reply) => reply.code(500).send(error.message))
ask(await app.listen({ port: 0, host: '127.0.0.1' }))
`

const ANSWERS = [
  '/any good 200 u-1true',
  '/staff good 403 {"detail":"You do not have permission to perform this action.","code":"permission_denied"}',
  '/proven good 403 {"detail":"User email is not verified","code":"email_not_verified"}',
  '/recent good 200 u-1true',
  '/two good 403 {"detail":"Please confirm that it is you and try again.","code":"insufficient_user_authentication","acr_values":"aal2","max_age":900}',
  '/any bad 401 {"detail":"Given token not valid for any token type","code":"token_not_valid","messages":[{"token_class":"AccessToken","token_type":"access","message":"Token is invalid"}]}',
  '/any break 500 a fault of the service',
]

test.each([
  ['Express 4', express('express4')],
  ['Express 5', express('express5')],
  ['Fastify 5', FASTIFY],
])('%s admits, refuses, and hands errors on', async (_, program) => {
  const file = join(installed.folder, `${crypto.randomUUID()}.mjs`)
  await writeFile(file, program)
  const output = await runProgram(process.execPath, [file], { cwd: installed.folder })
  expect(output.trim().split('\n')).toEqual(ANSWERS)
})
