import { once } from 'node:events'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect } from 'node:tls'
import { type DatabaseHost, isSocket, readDatabaseUrl } from './database-address.ts'

/** Asks a PostgreSQL for TLS: the length of the message, and the code of the request. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])
const TIMEOUT_MILLISECONDS = 5000

/** The certificate of a host of `DATABASE_URL`. */
export interface DatabaseCertificate {
  /** `db.example.com:5432`. */
  host: string
  endsAt: Date
}

/**
 * Reads until when the certificates of the database are valid. It verifies nothing, and signs in nowhere.
 *
 * @returns one for each host that answers with TLS; none for a socket, and with `sslmode=disable`
 * @throws {DatabaseUrlError} when the URL is malformed
 */
export async function readDatabaseCertificates(url: string): Promise<DatabaseCertificate[]> {
  const { hosts, tls } = readDatabaseUrl(url)
  if (tls.mode === 'disable') return []
  const found = await Promise.all(hosts.filter((host) => !isSocket(host)).map(readCertificate))
  return found.flatMap((certificate) => certificate ?? [])
}

async function readCertificate({ host, port }: DatabaseHost): Promise<DatabaseCertificate | null> {
  const socket = connectPlain({ host, port })
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
    await once(socket, 'connect', { signal })
    socket.write(TLS_REQUEST)
    const [answer] = (await once(socket, 'data', { signal })) as [Buffer]
    if (answer.toString() !== 'S') return null
    return { host: `${host}:${port}`, endsAt: await shakeHands(socket, host, signal) }
  } catch {
    return null
  } finally {
    socket.destroy()
  }
}

async function shakeHands(socket: Socket, host: string, signal: AbortSignal): Promise<Date> {
  const encrypted = connect({ socket, host, rejectUnauthorized: false })
  // A server that asks for a certificate of ours ends the connection later. That is no fault of this question.
  encrypted.on('error', () => {})
  await once(encrypted, 'secureConnect', { signal })
  return new Date(encrypted.getPeerCertificate().valid_to)
}
