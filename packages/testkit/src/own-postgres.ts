import { chmod, chown, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import postgres from 'postgres'
import type { CertificateFiles } from './certificates.ts'

/** A PostgreSQL of one test file, whose settings the test may change. It also listens on a socket and on IPv6. */
export interface OwnPostgres {
  url: string
  port: number
  /** The folder of the socket. */
  socketFolder: string
  sql: postgres.Sql
  /** Makes it speak TLS with this certificate, or without TLS. */
  useCertificate(files: CertificateFiles | null, authority: string): Promise<void>
  /** Asks each client over TCP for a certificate too, or no longer. */
  requireClientCertificate(isRequired: boolean): Promise<void>
  stop(): Promise<void>
}

/** Starts it. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-own-'))
  const socketFolder = await mkdtemp(join(tmpdir(), 'latchkey-socket-'))
  await chmod(socketFolder, 0o777)
  const running = await startEmbeddedPostgres({
    dataDir,
    version: process.env.LATCHKEY_TEST_POSTGRES === '14' ? 14 : 18,
    settings: { fsync: 'off', listen_addresses: '127.0.0.1,::1', unix_socket_directories: socketFolder },
  })
  // The socket stays open to the test, whatever TLS and passwords the test asks of others.
  const { port, username, password, pathname } = new URL(running.url)
  const admin = { host: `${socketFolder}/`, port: Number(port), user: username, password }
  const open = () => postgres({ ...admin, path: `${socketFolder}/.s.PGSQL.${port}`, database: pathname.slice(1), max: 1 })
  const sql = open()
  const show = async (name: string) => String((await sql`select current_setting(${name}) as value`)[0]?.value)
  const folder = await show('data_directory')
  const hba = await show('hba_file')
  const usual = await readFile(hba, 'utf8')
  let mark = 0

  /** The settings are in force when a new connection has a mark that was set after them. */
  async function reload(): Promise<void> {
    mark++
    await sql.unsafe(`alter system set log_autovacuum_min_duration = ${mark}`)
    await sql`select pg_reload_conf()`
    for (let seen = ''; seen !== `${mark}ms`; ) {
      const fresh = open()
      seen = String((await fresh`show log_autovacuum_min_duration`)[0]?.log_autovacuum_min_duration)
      await fresh.end()
    }
  }

  async function copy(file: string): Promise<string> {
    const target = join(folder, file.split('/').at(-1) ?? '')
    await copyFile(file, target)
    const { uid, gid } = await stat(folder)
    await chown(target, uid, gid)
    await chmod(target, 0o600)
    return target
  }

  return {
    url: running.url,
    port: Number(new URL(running.url).port),
    socketFolder,
    sql,
    useCertificate: async (files, authority) => {
      for (const [name, file] of files ? Object.entries({ ...files, ca: authority }) : []) {
        await sql.unsafe(`alter system set ssl_${name}_file = '${await copy(file)}'`)
      }
      await sql.unsafe(`alter system set ssl = ${files ? 'on' : 'off'}`)
      await reload()
    },
    requireClientCertificate: async (isRequired) => {
      const line = 'hostssl all all all scram-sha-256 clientcert=verify-ca\n'
      await writeFile(hba, isRequired ? line + usual.replaceAll(/^host\s/gm, '# ') : usual)
      await reload()
    },
    stop: async () => {
      await sql.end()
      await running.stop()
      await rm(dataDir, { recursive: true, force: true })
      await rm(socketFolder, { recursive: true, force: true })
    },
  }
}
