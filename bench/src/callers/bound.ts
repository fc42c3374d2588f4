import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import type { HttpAnswer } from '../http-answer.ts'
import { PUBLIC_URL } from '../settings.ts'
import { requireText } from './person.ts'
import { type Post, restCalls } from './rest.ts'
import { createTokenProtocol } from './token-protocol.ts'

/** The paths of Latchkey, with sessions that are bound to a key (RFC 9449). */
export const BOUND = createTokenProtocol(() => restCalls(createBoundPost()))

/** The same, whose refreshes are refused because their proof has no nonce. */
export const WITHOUT_NONCE = createTokenProtocol(() => {
  const send = createBoundPost()
  const prover = createProver()
  return {
    ...restCalls(send),
    refresh: async (http, refresh) => {
      const headers = { DPoP: prover.prove('/refresh/') }
      await http.call({ method: 'POST', path: '/refresh/', body: { refresh }, headers, status: 401 })
      return { access: 'none', refresh }
    },
  }
})

function createBoundPost(): Post {
  const prover = createProver()
  return async (http, path, body) => {
    const answer = await http.call({ method: 'POST', path, body, headers: { DPoP: prover.prove(path) } })
    prover.take(answer)
    const tokens = JSON.parse(answer.body)
    if (tokens.bound !== true) throw new Error('The server bound no session.')
    return tokens
  }
}

/**
 * Makes proofs with a key of its own.
 *
 * It signs one proof for a path and a nonce, and sends it again: the server stores no `jti`, so each costs it a whole
 * check, and the callers leave the processor to the server.
 */
function createProver() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const proofs = new Map<string, string>()
  let nonce: string | undefined
  return {
    prove: (path: string) => {
      const proof = proofs.get(path) ?? signProof(privateKey, jwk, { htu: PUBLIC_URL + path, nonce })
      proofs.set(path, proof)
      return proof
    },
    take: ({ head }: HttpAnswer) => {
      const newest = requireText(/\r\ndpop-nonce: ([^\r\n]+)/i.exec(head)?.[1], 'nonce')
      if (newest !== nonce) proofs.clear()
      nonce = newest
    },
  }
}

function signProof(key: KeyObject, jwk: object, claims: object): string {
  const iat = Math.floor(Date.now() / 1000)
  const parts = [
    { typ: 'dpop+jwt', alg: 'ES256', jwk },
    { jti: randomUUID(), htm: 'POST', iat, ...claims },
  ]
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
  return `${signed}.${signature.toString('base64url')}`
}
