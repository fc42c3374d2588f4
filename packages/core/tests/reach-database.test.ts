import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  type Authority,
  createAuthority,
  createTestDatabase,
  type OwnPostgres,
  startOwnPostgres,
  type TestDatabase,
} from '@latchkey/testkit'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../src/database/connection.ts'
import { migrateDatabase } from '../src/database/migrate.ts'
import { findSqlState } from '../src/database/transaction.ts'

let folder: string
let own: OwnPostgres
let trusted: Authority
let other: Authority
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchkey-certificates-'))
  const made = [createAuthority(folder, 'trusted'), createAuthority(folder, 'other'), startOwnPostgres()]
  ;[trusted, other, own] = (await Promise.all(made)) as [Authority, Authority, OwnPostgres]
})
afterAll(async () => {
  await own.stop()
  await rm(folder, { recursive: true })
})

/** The same user and database behind other hosts. */
function urlAt(hosts: string, query = ''): string {
  const { username, password, pathname } = new URL(own.url)
  return `postgres://${username}:${password}@${hosts}${pathname}?${query}`
}

/** `tls` or `plain` when it is reached, and otherwise the code of the failure. */
async function reach(url: string): Promise<string> {
  const { db, close } = openDatabase({ url, poolSize: 1, prepare: true })
  try {
    const [row] = await db.execute(sql`select ssl from pg_stat_ssl where pid = pg_backend_pid()`)
    return row?.ssl ? 'tls' : 'plain'
  } catch (error) {
    return findSqlState(error) ?? String(error)
  } finally {
    await close()
  }
}

const CONNECTION = new URL('../src/database/connection.ts', import.meta.url).href
const REACH = `
import { openClient } from '${CONNECTION}'
const reach = async () => openClient({ url: process.argv[1], poolSize: 1, prepare: true }).unsafe('select 1')
console.log(await reach().then(() => 'reached', ({ code, message }) => code ?? message))
process.exit()`

/** What a process reaches whose system trusts the certificates of one file. */
async function reachWhere(trustedFile: string, url: string): Promise<string> {
  const empty = join(folder, 'empty')
  await mkdir(empty, { recursive: true })
  const env = { PATH: process.env.PATH, SSL_CERT_FILE: trustedFile, SSL_CERT_DIR: empty }
  const options = ['--input-type=module', '--eval', REACH, url]
  return (await promisify(execFile)(process.execPath, options, { env })).stdout.trim()
}

const WRONG_NAME = 'ERR_TLS_CERT_ALTNAME_INVALID'
const WRONG_SIGNER = 'SELF_SIGNED_CERT_IN_CHAIN'

describe('a server without TLS', () => {
  beforeAll(() => own.useCertificate(null, ''))

  it.each([
    ['', 'plain'],
    ['sslmode=disable', 'plain'],
    ['sslmode=prefer', 'plain'],
    ['sslmode=require', 'TLS_REFUSED'],
    ['sslmode=verify-full', 'TLS_REFUSED'],
  ])('with "%s" is reached as %s', async (query, outcome) => {
    expect(await reach(urlAt(`127.0.0.1:${own.port}`, query))).toBe(outcome)
  })
})

describe('a server with a certificate for localhost', () => {
  beforeAll(async () => {
    const files = await trusted.sign({ subject: 'named', names: 'DNS:localhost' })
    await own.useCertificate(files, trusted.cert)
  })

  it.each<[string, string, () => string, string]>([
    ['localhost', '', () => '', 'tls'],
    ['localhost', 'sslmode=disable', () => '', 'plain'],
    ['localhost', 'sslmode=require', () => '', 'tls'],
    ['localhost', 'sslmode=require with the authority', () => trusted.cert, 'tls'],
    ['localhost', 'sslmode=require with another authority', () => other.cert, WRONG_SIGNER],
    ['127.0.0.1', 'sslmode=verify-ca', () => trusted.cert, 'tls'],
    ['localhost', 'sslmode=verify-ca with another authority', () => other.cert, WRONG_SIGNER],
    ['localhost', 'sslmode=verify-full', () => trusted.cert, 'tls'],
    ['127.0.0.1', 'sslmode=verify-full', () => trusted.cert, WRONG_NAME],
    ['localhost', 'sslmode=verify-full without an authority', () => '', WRONG_SIGNER],
  ])('at %s with "%s" is reached as its mode says', async (host, words, root, outcome) => {
    const [mode] = words.split(' ')
    const query = root() ? `${mode}&sslrootcert=${root()}` : mode
    expect(await reach(urlAt(`${host}:${own.port}`, query))).toBe(outcome)
  })

  it('is reached with sslrootcert=system when the system trusts its authority', async () => {
    const url = urlAt(`localhost:${own.port}`, 'sslrootcert=system')
    expect(await reachWhere(trusted.cert, url)).toBe('reached')
    expect(await reachWhere(other.cert, url)).toBe(WRONG_SIGNER)
    expect(await reachWhere('/nowhere', url)).toBe(
      'has sslrootcert=system, and this system has no trusted certificates',
    )
  })

  it('whose authority cannot be read is not reached', async () => {
    const url = urlAt(`localhost:${own.port}`, 'sslmode=verify-full&sslrootcert=/nowhere')
    await expect(reach(url)).rejects.toThrow('has an sslrootcert whose file cannot be read (ENOENT)')
  })
})

describe('a server with a certificate for 127.0.0.1', () => {
  beforeAll(async () => {
    const files = await trusted.sign({ subject: 'numbered', names: 'IP:127.0.0.1' })
    await own.useCertificate(files, trusted.cert)
  })

  it.each([
    ['127.0.0.1', 'tls'],
    ['localhost', WRONG_NAME],
  ])('at %s with sslmode=verify-full is reached as %s', async (host, outcome) => {
    const query = `sslmode=verify-full&sslrootcert=${trusted.cert}`
    expect(await reach(urlAt(`${host}:${own.port}`, query))).toBe(outcome)
  })

  it('that asks for a certificate of the client gets it, also with an encrypted key', async () => {
    const passphrase = 'not seen'
    const { cert, key } = await trusted.sign({ subject: 'client', names: 'DNS:client', passphrase })
    await own.requireClientCertificate(true)
    const place = `127.0.0.1:${own.port}`
    expect(await reach(urlAt(place, 'sslmode=require'))).toBe('28000')
    const shown = `sslcert=${cert}&sslkey=${key}&sslpassword=${encodeURIComponent(passphrase)}`
    expect(await reach(urlAt(place, `sslmode=require&${shown}`))).toBe('tls')
    await own.requireClientCertificate(false)
  })
})

describe('a server on this machine', () => {
  it('is reached by the folder of its socket, in either spelling', async () => {
    const encoded = encodeURIComponent(own.socketFolder)
    expect(await reach(urlAt(`${encoded}:${own.port}`))).toBe('plain')
    expect(await reach(urlAt('', `host=${own.socketFolder}&port=${own.port}&sslmode=require`))).toBe('plain')
  })

  it('is reached by every address of the loopback that this machine has', async () => {
    const loopback = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    const addresses = loopback.filter(({ internal }) => internal).map(({ address }) => address)
    const known = addresses.filter((address) => ['127.0.0.1', '::1'].includes(address))
    expect(known).toContain('127.0.0.1')
    for (const address of known) {
      const host = address.includes(':') ? `[${address}]` : address
      expect(await reach(urlAt(`${host}:${own.port}`, 'sslmode=disable'))).toBe('plain')
    }
  })

  it('is reached with a name of a database that has to be encoded', async () => {
    const name = 'bücher / my db?c#d@e%'
    await own.sql.unsafe(`create database "${name}"`)
    const { username, password } = new URL(own.url)
    const url = `postgres://${username}:${password}@127.0.0.1:${own.port}/${encodeURIComponent(name)}`
    expect(await reach(`${url}?sslmode=disable`)).toBe('plain')
  })
})

describe('several hosts', () => {
  let shared: TestDatabase
  let name: string
  const password = 'of both'
  const role = `both_${crypto.randomUUID().replaceAll('-', '')}`
  beforeAll(async () => {
    shared = await createTestDatabase({ empty: true })
    name = new URL(shared.url).pathname.slice(1)
    for (const { unsafe } of [shared.sql, own.sql])
      await unsafe(`create role ${role} login password '${password}'`)
    await own.sql.unsafe(`create database ${name}`)
    await own.sql.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  })
  afterAll(async () => {
    await shared.sql.unsafe(`drop role ${role}`)
    await shared.drop()
  })

  /** The port of the server that was reached, or the code of the failure. */
  async function reachOne(ports: number[], query: string): Promise<string> {
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',')
    const url = `postgres://${role}:${encodeURIComponent(password)}@${hosts}/${name}?${query}`
    const { db, close } = openDatabase({ url, poolSize: 1, prepare: true })
    try {
      const [row] = await db.execute<{ port: string }>(sql`select current_setting('port') as port`)
      return String(row?.port)
    } catch (error) {
      return findSqlState(error) ?? String(error)
    } finally {
      await close()
    }
  }

  it('are tried in their order', async () => {
    const port = Number(new URL(shared.url).port)
    expect(await reachOne([own.port, port], '')).toBe(String(own.port))
    expect(await reachOne([1, port], '')).toBe(String(port))
  })

  it('of which none answers are a failure, told at once', async () => {
    expect(await reachOne([1, 2], '')).toBe('ECONNREFUSED')
  })

  it('are left until one takes writes', async () => {
    const port = Number(new URL(shared.url).port)
    expect(await reachOne([own.port, port], 'target_session_attrs=read-write')).toBe(String(port))
    expect(await reachOne([own.port], 'target_session_attrs=read-write')).toBe('25006')
    expect(await reachOne([own.port, 1], 'target_session_attrs=read-write')).toBe('ECONNREFUSED')
    expect(await reachOne([1, own.port], 'target_session_attrs=read-write')).toBe('25006')
  })

  it('of which one is a standby are left until the primary is found', async () => {
    await own.sql.unsafe(`alter database ${name} reset default_transaction_read_only`)
    await own.becomeStandby()
    const port = Number(new URL(shared.url).port)
    for (const target of ['read-write', 'primary']) {
      const query = `target_session_attrs=${target}`
      expect(await reachOne([own.port, port], query)).toBe(String(port))
      expect(await reachOne([own.port], query)).toBe('25006')
    }
    await expect(migrateDatabase({ url: own.url, poolSize: 1, prepare: true })).rejects.toThrow(
      'The database is a standby, which takes no writes; name the primary.',
    )
  })
})
