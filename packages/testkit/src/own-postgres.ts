import { spawn } from 'node:child_process'
import { chmod, chown, copyFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type PostgresVersion, startEmbeddedPostgres } from '@latchkey/embedded-postgres'
import postgres from 'postgres'
import type { CertificateFiles } from './certificates.ts'
import { waitUntil } from './smtp-sink.ts'

/** A PostgreSQL of one test file, whose settings the test may change. It also listens on a socket and on IPv6. */
export interface OwnPostgres {
  url: string
  port: number
  /** The folder of the socket. */
  socketFolder: string
  /** Asks over the socket, whatever TLS the test wants of others. */
  sql: postgres.Sql
  /** Makes it speak TLS with this certificate and trust this authority, or without TLS. */
  useCertificate(files: CertificateFiles | null, authority: string): Promise<void>
  /** Asks each client over TCP for a certificate too, or no longer. */
  requireClientCertificate(isRequired: boolean): Promise<void>
  /** Makes a standby of it, which takes no writes. Only {@link OwnPostgres.stop} may follow. */
  becomeStandby(): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts a PostgreSQL of its own.
 *
 * @param version - that of the other tests unless given
 * @param settings - further lines of `postgresql.conf`
 */
export async function startOwnPostgres(
  version: PostgresVersion = process.env.LATCHKEY_TEST_POSTGRES === '14' ? 14 : 18,
  settings: Record<string, string> = {},
): Promise<OwnPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-own-'))
  const socketFolder = await mkdtemp(join(tmpdir(), 'latchkey-socket-'))
  await chmod(socketFolder, 0o777)
  const running = await startEmbeddedPostgres({
    dataDir,
    version,
    settings: {
      fsync: 'off',
      listen_addresses: '127.0.0.1,::1',
      unix_socket_directories: socketFolder,
      ...settings,
    },
  })
  const open = () => openOnSocket(running.superuserUrl, socketFolder)
  const sql = open()
  const switches = await openSettings(sql, open)
  let standby: { end(): Promise<void> } | null = null
  return {
    url: running.superuserUrl,
    port: Number(new URL(running.superuserUrl).port),
    socketFolder,
    sql,
    ...switches,
    becomeStandby: async () => {
      standby = await restartAsStandby(running.pid, await switches.folder(), open)
    },
    stop: async () => {
      await sql.end()
      await standby?.end()
      await running.stop()
      for (const folder of [dataDir, socketFolder]) await rm(folder, { recursive: true, force: true })
    },
  }
}

function openOnSocket(url: string, socketFolder: string): postgres.Sql {
  const { port, username, password, pathname } = new URL(url)
  const path = `${socketFolder}/.s.PGSQL.${port}`
  return postgres({ path, user: username, password, database: pathname.slice(1), max: 1, onnotice: () => {} })
}

async function openSettings(sql: postgres.Sql, open: () => postgres.Sql) {
  const show = async (name: string) => String((await sql`select current_setting(${name}) as value`)[0]?.value)
  const folder = () => show('data_directory')
  const hba = await show('hba_file')
  const usual = await readFile(hba, 'utf8')
  let mark = 0

  /** The settings are in force when a new connection has a mark that was set after them. */
  async function reload(): Promise<void> {
    mark++
    await sql.unsafe(`alter system set log_autovacuum_min_duration = ${mark}`)
    await sql`select pg_reload_conf()`
    await waitUntil(async () => {
      const fresh = open()
      const [row] = await fresh`show log_autovacuum_min_duration`
      await fresh.end()
      return row?.log_autovacuum_min_duration === `${mark}ms`
    }, 'PostgreSQL to read its settings')
  }

  return {
    folder,
    useCertificate: async (files: CertificateFiles | null, authority: string) => {
      for (const [name, file] of files ? Object.entries({ ...files, ca: authority }) : []) {
        await sql.unsafe(`alter system set ssl_${name}_file = '${await copyInto(await folder(), file)}'`)
      }
      await sql.unsafe(`alter system set ssl = ${files ? 'on' : 'off'}`)
      await reload()
    },
    requireClientCertificate: async (isRequired: boolean) => {
      const line = 'hostssl all all all scram-sha-256 clientcert=verify-ca\n'
      await writeFile(hba, isRequired ? line + usual.replaceAll(/^host\s/gm, '# ') : usual)
      await reload()
    },
  }
}

/** PostgreSQL reads a key only when its own user owns it. */
async function copyInto(folder: string, file: string): Promise<string> {
  const target = join(folder, basename(file))
  await copyFile(file, target)
  const { uid, gid } = await stat(folder)
  await chown(target, uid, gid)
  await chmod(target, 0o600)
  return target
}

/** Runs the same command again on the same cluster, which then recovers for ever. */
async function restartAsStandby(pid: number, folder: string, open: () => postgres.Sql) {
  const [program = '', ...options] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1)
  const isGone = async () => !(await stat(join(folder, 'postmaster.pid')).catch(() => null))
  process.kill(pid, 'SIGINT')
  await waitUntil(isGone, 'PostgreSQL to stop')
  await writeFile(join(folder, 'standby.signal'), '')
  const { uid, gid } = await stat(folder)
  const child = spawn(program, options, { uid, gid, cwd: folder, env: { LC_ALL: 'C' }, stdio: 'ignore' })
  await waitUntil(async () => {
    const fresh = open()
    const rows = await fresh`select 1 where pg_is_in_recovery()`.catch(() => [])
    await fresh.end()
    return rows.length > 0
  }, 'the standby to answer')
  return {
    end: async () => {
      child.kill('SIGINT')
      await waitUntil(isGone, 'the standby to stop')
    },
  }
}
