import { Worker } from 'node:worker_threads'
import { PHPASS_THREAD_MIB } from '../../words/foreign-hashes/read-wrapped.ts'

/**
 * Each digest is that of the digest before and the password. It is JavaScript without a file of its own, so a bundle of the server
 * needs no second entry.
 */
const PROGRAM = `
  const { hash } = require('node:crypto')
  const { parentPort, workerData: { salt, password, rounds } } = require('node:worker_threads')
  const first = hash('md5', Buffer.concat([salt, password]), 'buffer')
  const input = Buffer.concat([first, password])
  for (let round = 1; round <= rounds; round++) hash('md5', input, 'buffer').copy(input)
  parentPort.postMessage(input.subarray(0, first.length))
`

/** What a check of phpass computes. */
export interface PhpassWork {
  salt: Uint8Array
  password: Uint8Array
  rounds: number
}

/**
 * Computes the MD5 chain of phpass on a thread of its own, which ends with it. Node.js has no such chain, and 65,536 rounds over a
 * password of 4 KiB would keep the thread that answers requests from its work for about half a second.
 *
 * The queue of hashes bounds how many run at once. The thread gets no environment, so it has no secret but the password.
 *
 * @returns 16 bytes
 */
export async function runPhpass(work: PhpassWork): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const resourceLimits = { maxOldGenerationSizeMb: PHPASS_THREAD_MIB }
  const bare = { env: {}, execArgv: [], resourceLimits }
  const worker = new Worker(PROGRAM, { eval: true, workerData: work, ...bare })
  worker.once('message', resolve)
  worker.once('error', reject)
  // After an answer this changes nothing.
  worker.once('exit', (code) => reject(new Error(`the thread of phpass has ended with ${code}`)))
  return promise
}
