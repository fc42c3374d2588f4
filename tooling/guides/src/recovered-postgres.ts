import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { findFreePort, openSql, waitUntil } from '@latchkey/testkit'
import { run } from './deployment.ts'

/** How a PostgreSQL of a test was started, so that the same program can serve another folder. */
export interface ServingPostgres {
  program: string
  /** The user that it runs as. */
  uid: number
  gid: number
  /** The URL of a superuser. */
  url: string
}

/** Reads how the PostgreSQL runs that a connection leads to. */
export async function readServing(url: string): Promise<ServingPostgres> {
  const sql = openSql(url)
  const [row] = await sql`show data_directory`
  await sql.end()
  const folder = String(row?.data_directory)
  const [pid = ''] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')
  const [program = ''] = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
  const { uid, gid } = await stat(folder)
  return { program, uid, gid, url }
}

/** Starts PostgreSQL on a restored folder, and waits until it takes writes. */
export async function startRecovered(
  { program, uid, gid, url }: ServingPostgres,
  folder: string,
): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  await run(['chown', '-R', `${uid}:${gid}`, folder])
  const port = await findFreePort()
  const words = ['-D', folder, '-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1']
  const child = spawn(program, [...words, '-c', 'unix_socket_directories=', '-c', 'fsync=off'], {
    uid,
    gid,
    cwd: folder,
    env: { LC_ALL: 'C', PATH: process.env.PATH },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  const own = Object.assign(new URL(url), { port: String(port) }).href
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}.`)
    return takesWrites(own)
  }, 'the recovery to end')
  return {
    url: own,
    port,
    stop: async () => {
      child.kill('SIGINT')
      await ended
    },
  }
}

async function takesWrites(url: string): Promise<boolean> {
  const sql = openSql(url)
  const rows = await sql`select 1 where not pg_is_in_recovery()`.catch(() => [])
  await sql.end()
  return rows.length > 0
}
