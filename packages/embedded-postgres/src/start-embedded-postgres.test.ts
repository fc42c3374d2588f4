import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import {
  ask,
  choosePort,
  cleanUp,
  end,
  findHome,
  findOpenNode,
  findServerPid,
  isRoot,
  makeDataDir,
  readFaults,
  readUrl,
  spawnHolder,
} from '../tests/helpers.ts'
import { EmbeddedPostgresError, listDataFolders, startEmbeddedPostgres } from './index.ts'
import { lendName } from './lend-name.ts'
import { readCommandLine } from './processes.ts'
import { isOpenToOthers } from './system-folder.ts'

const FAST = { fsync: 'off' }
const NOBODY = 65534
/** A user id that the list of users does not have. */
const NAMELESS = 54321
// The ordinary user of these tests cannot read a clone under root's home.
const canDropRoot = isRoot && (await isOpenToOthers(import.meta.dirname))
const STARTED = 'select pg_postmaster_start_time()::text as at'

afterEach(cleanUp)

describe.each([14, 18] as const)('PostgreSQL %i', (version) => {
  it('is UTF-8 in byte order, listens on loopback only, and requires a password by SCRAM', async () => {
    const dataDir = await makeDataDir()
    const { url, superuserUrl, stop } = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    const [row] = await ask(
      superuserUrl,
      `select current_setting('server_encoding') as encoding, datcollate, current_database() as name,
        current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        split_part(version(), ' ', 2) as version
      from pg_database where datname = current_database()`,
    )
    expect(row).toMatchObject({
      encoding: 'UTF8',
      datcollate: 'C',
      name: 'latchkey',
      addresses: '127.0.0.1',
      sockets: '',
    })
    expect(row?.version).toMatch(new RegExp(`^${version}\\.`))
    const methods = await ask(superuserUrl, 'select distinct auth_method from pg_hba_file_rules')
    expect(methods).toEqual([{ auth_method: 'scram-sha-256' }])
    await expect(ask(url.replace(/:[^:@]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password/)
    await stop()
  })

  it('keeps data and address after a stop, and leaves no process', async () => {
    const dataDir = await makeDataDir()
    await choosePort(dataDir)
    const first = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    await ask(first.url, 'create table kept as select 42 as answer')
    const pid = await findServerPid(dataDir)
    await first.stop()
    expect(readCommandLine(pid ?? 0)).toBe('')

    const second = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await second.stop()
    await second.stop()
  })

  it('survives a SIGKILL of the server, and the next start adopts it', async () => {
    const dataDir = await makeDataDir()
    const holder = spawnHolder(dataDir, { version })
    const url = await readUrl(holder)
    const started = await ask(url, STARTED)
    await end(holder, 'SIGKILL')

    const next = await startEmbeddedPostgres({ dataDir, version })
    expect(next.url).toBe(url)
    expect(await ask(url, STARTED)).toEqual(started)
    await next.stop()
    expect(await findServerPid(dataDir)).toBeNull()
  })

  it('recovers its data after a SIGKILL of PostgreSQL itself', async () => {
    const dataDir = await makeDataDir()
    const first = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    await ask(first.url, 'create table kept as select 42 as answer')
    process.kill((await findServerPid(dataDir)) ?? 0, 'SIGKILL')

    const second = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
    await first.stop()
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await second.stop()
  })

  it('gives a role that owns the database and all in it, and is no superuser', async () => {
    const dataDir = await makeDataDir()
    const { url, stop } = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    const [role] = await ask(
      url,
      `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, datdba = pg_roles.oid as owns
      from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    )
    expect(role).toEqual({
      rolsuper: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
      rolbypassrls: false,
      owns: true,
    })
    await ask(url, 'create schema own; create table own.one (id int generated always as identity)')
    for (const act of [
      "copy own.one from program 'id'",
      "select pg_read_file('PG_VERSION')",
      'create role other',
    ]) {
      await expect(ask(url, act)).rejects.toThrow(/permission denied|must be superuser/)
    }
    await stop()
  })

  it('is given all that a former version made as the superuser', async () => {
    const dataDir = await makeDataDir()
    const former = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    await ask(
      former.superuserUrl,
      `reassign owned by latchkey_embedded to latchkey; drop owned by latchkey_embedded`,
    )
    await ask(former.superuserUrl, 'drop role latchkey_embedded')
    await ask(
      former.superuserUrl,
      `create schema "Odd name";
      create type "Odd name".state as enum ('on'); create domain short as varchar(3);
      create type pair as (a int, b int);
      create table "Odd name".jobs (id serial, state "Odd name".state) partition by list (state);
      create table "Odd name"."Jobs on" partition of "Odd name".jobs for values in ('on');
      create table kept (id int generated always as identity primary key, note text);
      insert into kept (note) values ('kept');
      create sequence free; create view notes as select note from kept;
      create materialized view old_notes as select note from kept;
      create function one(int, text) returns int language sql as 'select 1';
      create procedure nothing() language sql as 'select 1'`,
    )
    await former.stop()

    const { url, stop } = await startEmbeddedPostgres({ dataDir, version, settings: FAST })
    const left = await ask(
      url,
      `select relname::text as name from pg_class where relowner <> current_user::regrole and relnamespace::regnamespace::text in ('public', '"Odd name"')
      union all select typname from pg_type where typowner <> current_user::regrole and typnamespace::regnamespace::text in ('public', '"Odd name"')
      union all select proname from pg_proc where proowner <> current_user::regrole and pronamespace = 'public'::regnamespace
      union all select nspname from pg_namespace where nspowner <> current_user::regrole and nspname = 'Odd name'`,
    )
    expect(left).toEqual([])
    await ask(
      url,
      `alter table kept add column more int; insert into kept (note) values ('new');
      alter table "Odd name".jobs add column more int; create table another (id int); drop function one`,
    )
    expect(await ask(url, 'select id, note from kept order by id')).toMatchObject([
      { note: 'kept' },
      { note: 'new' },
    ])
    await stop()
  })

  it('refuses the folder of another major version, and names the folder', async () => {
    const dataDir = await makeDataDir()
    await (await startEmbeddedPostgres({ dataDir, version, settings: FAST })).stop()
    const other = version === 14 ? 18 : 14
    const refusal = startEmbeddedPostgres({ dataDir, version: other })
    await expect(refusal).rejects.toThrow(EmbeddedPostgresError)
    await expect(refusal).rejects.toThrow(`${dataDir} was made by PostgreSQL ${version}`)
  })
})

describe('several servers at once', () => {
  it('share one PostgreSQL when they start on an empty folder, and the last server stops it', async () => {
    const dataDir = await makeDataDir()
    const holders = [1, 2, 3].map(() => spawnHolder(dataDir))
    const urls = await Promise.all(holders.map(readUrl))
    expect(new Set(urls).size).toBe(1)
    const [first, second, third] = holders
    if (!first || !second || !third) throw new Error('three were started')

    await end(first, 'SIGTERM')
    await end(second, 'SIGKILL')
    expect(await ask(urls[0] ?? '', 'select 1 as one')).toEqual([{ one: 1 }])
    await end(third, 'SIGTERM')
    expect(await findServerPid(dataDir)).toBeNull()
  })

  it('never get a PostgreSQL that another server is stopping', async () => {
    const dataDir = await makeDataDir()
    await (await startEmbeddedPostgres({ dataDir, settings: FAST })).stop()
    const rounds = Array.from({ length: 12 }, async (_, index) => {
      await sleep(index * 30)
      const { url, stop } = await startEmbeddedPostgres({ dataDir, settings: FAST })
      const rows = await ask(url, 'select 1 as one')
      await stop()
      return rows
    })
    expect(await Promise.all(rounds)).toEqual(rounds.map(() => [{ one: 1 }]))
    expect(await findServerPid(dataDir)).toBeNull()
  })
})

/** Kills a start while it makes the cluster. On a slow machine the kill may come too late, and is tried again. */
async function makeHalfACluster(): Promise<string> {
  for (;;) {
    const dataDir = await makeDataDir()
    const holder = spawnHolder(dataDir)
    while (!(await readdir(dataDir)).some((name) => /^(?:unfinished-|cluster$)/.test(name))) await sleep(5)
    await sleep(100)
    await end(holder, 'SIGKILL')
    if (!(await readdir(dataDir)).includes('cluster')) return dataDir
  }
}

describe('a start after a kill', () => {
  it('replaces a half-made cluster', async () => {
    const dataDir = await makeHalfACluster()
    const { url, stop } = await startEmbeddedPostgres({ dataDir, settings: FAST })
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
  })

  it('ignores a postmaster.pid whose pid now belongs to another process', async () => {
    const dataDir = await makeDataDir()
    await (await startEmbeddedPostgres({ dataDir, settings: FAST })).stop()
    const cluster = join(dataDir, 'cluster')
    const stranger = spawnHolder(await makeDataDir())
    await readUrl(stranger)
    const lines = [stranger.pid, cluster, 1, 5432, '', '127.0.0.1', 0, 'ready']
    await writeFile(join(cluster, 'postmaster.pid'), lines.join('\n'))

    const { url, stop } = await startEmbeddedPostgres({ dataDir, settings: FAST })
    expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
    await stop()
    expect(stranger.exitCode).toBeNull()
    await end(stranger, 'SIGTERM')
  })
})

describe('the data folder', () => {
  it('is named when it cannot be written', async () => {
    const file = join(await makeDataDir(), 'file')
    await writeFile(file, '')
    const dataDir = join(file, 'postgres')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      `The data folder ${dataDir} cannot be written`,
    )
  })

  it.runIf(process.platform === 'linux')('is named when its disk is full', async () => {
    const dataDir = await makeDataDir()
    // The first file that a start writes into, by the number of the lock in this process.
    const names = Array.from({ length: 2000 }, (_, index) => `lock.${process.pid}.${index}`)
    for (const name of names) await symlink('/dev/full', join(dataDir, name))
    await expect(startEmbeddedPostgres({ dataDir, settings: FAST })).rejects.toThrow(
      `The data folder ${dataDir} has no space left (ENOSPC); make some, and start again.`,
    )
  })

  it('keeps the password out of the log and off the command line', async () => {
    const dataDir = await makeDataDir()
    const { url, stop } = await startEmbeddedPostgres({ dataDir, settings: FAST })
    const { password } = new URL(url)
    expect(await readFile(join(dataDir, 'password'), 'utf8')).not.toContain(password)
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'cluster'))).mode & 0o777).toBe(0o700)
    await ask(url, `select '${password}'::integer`).catch(() => undefined)
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain(`select '${password}'`)
    expect(readCommandLine((await findServerPid(dataDir)) ?? 0)).not.toContain(password)
    expect(await readdir(dataDir)).not.toContainEqual(expect.stringContaining('unfinished'))
    await stop()
  })

  it('has its PostgreSQL in a process group of its own, out of reach of Ctrl-C', async () => {
    const dataDir = await makeDataDir()
    const { stop } = await startEmbeddedPostgres({ dataDir, settings: FAST })
    const pid = await findServerPid(dataDir)
    expect(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).trim()).toBe(
      String(pid),
    )
    await stop()
  })
})

describe('what a restore has left', () => {
  it('is not replaced when it is no whole database', async () => {
    const dataDir = await makeDataDir()
    await (await startEmbeddedPostgres({ dataDir, settings: FAST })).stop()
    const cluster = join(dataDir, 'cluster')
    await rm(join(cluster, 'PG_VERSION'))
    await expect(startEmbeddedPostgres({ dataDir, settings: FAST })).rejects.toThrow(
      `The folder ${cluster} has files and no whole database; restore it from a backup`,
    )
    expect(await readdir(cluster)).toContain('base')
  })

  it('is named when its database is missing, which lay outside of the data folder', async () => {
    const dataDir = await makeDataDir()
    const home = join(dataDir, 'gone')
    await writeFile(join(dataDir, 'location'), home)
    await expect(startEmbeddedPostgres({ dataDir, settings: FAST })).rejects.toThrow(
      `The database of the data folder ${dataDir} lies in ${home}, and that folder does not exist; restore it from a backup.`,
    )
    expect(await listDataFolders(dataDir)).toEqual([dataDir, home])
  })

  it('is named when it belongs to another user', async () => {
    const dataDir = await makeDataDir()
    // A folder stands for a file that cannot be read: root reads every file.
    await mkdir(join(dataDir, 'cluster', 'PG_VERSION'), { recursive: true })
    await writeFile(join(dataDir, 'password'), 'a')
    await expect(startEmbeddedPostgres({ dataDir, settings: FAST })).rejects.toThrow(
      `The database in ${join(dataDir, 'cluster')} cannot be read (EISDIR); give the folder`,
    )
  })
})

describe.runIf(isRoot)('as root', () => {
  it('runs PostgreSQL as another user, outside a folder that only root can enter', async () => {
    const dataDir = join(await makeDataDir(), 'postgres')
    const told: string[] = []
    const report = (line: string) => void told.push(line)
    const { superuserUrl, stop } = await startEmbeddedPostgres({ dataDir, settings: FAST, report })
    const [row] = await ask(superuserUrl, 'show data_directory')
    const home = await findHome(dataDir)
    expect(row?.data_directory).toBe(join(home, 'cluster'))
    expect(told).toContain(`The database of ${dataDir} lies in ${home}: a backup needs both`)
    expect(await listDataFolders(dataDir)).toEqual([dataDir, home])
    expect(row?.data_directory).not.toContain(dataDir)
    const pid = await findServerPid(dataDir)
    expect((await stat(`/proc/${pid}`)).uid).not.toBe(0)
    await stop()

    const copy = `${dataDir}-copy`
    await cp(dataDir, copy, { recursive: true })
    await expect(startEmbeddedPostgres({ dataDir: copy })).rejects.toThrow(`is a copy of ${dataDir}`)
    await removeOutside(dataDir)
  })
})

describe.runIf(canDropRoot)('as an ordinary user', () => {
  it('runs PostgreSQL as the same user, and root can take over the folder', async () => {
    const parent = await makeDataDir()
    const dataDir = join(parent, 'postgres')
    execFileSync('chmod', ['1777', parent])
    await choosePort(dataDir, NOBODY)
    const asNobody = { uid: NOBODY, node: await findOpenNode() }
    const holder = spawnHolder(dataDir, asNobody)
    const url = await readUrl(holder)
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(NOBODY)
    await end(holder, 'SIGTERM')

    const taken = await startEmbeddedPostgres({ dataDir, settings: FAST })
    expect(taken.url).toBe(url)
    await taken.stop()
    const again = spawnHolder(dataDir, asNobody)
    expect(await readUrl(again)).toBe(url)
    await end(again, 'SIGTERM')
  })

  it('without a name in the list of users makes the database, or is told what to add', async () => {
    const parent = await makeDataDir()
    const dataDir = join(parent, 'postgres')
    execFileSync('chmod', ['1777', parent])
    const nameless = { uid: NAMELESS, node: await findOpenNode() }
    const holder = spawnHolder(dataDir, { ...nameless, stderr: 'pipe' })
    if (mayLendName()) {
      const url = await readUrl(holder)
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
      expect((await stat(join(dataDir, 'cluster'))).uid).toBe(NAMELESS)
      await end(holder, 'SIGTERM')
    } else {
      expect(await readFaults(holder)).toMatch(
        new RegExp(`needs a name for the user id ${NAMELESS}.*"latchkey:x:${NAMELESS}:${NAMELESS}:`),
      )
    }
  })

  it('names the folder that this user may not write', async () => {
    const dataDir = await makeDataDir()
    await mkdir(join(dataDir, 'closed'), { mode: 0o755 })
    execFileSync('chmod', ['755', dataDir])
    const script = 'tests/hold-database.ts'
    const cwd = new URL('..', import.meta.url)
    const node = await findOpenNode()
    const run = () =>
      execFileSync(node, [script, join(dataDir, 'closed')], { cwd, uid: NOBODY, stdio: 'pipe' })
    expect(run).toThrow(`The data folder ${join(dataDir, 'closed')} cannot be written (EACCES)`)
  })
})

/** Whether this machine lets an ordinary user open a user namespace. */
function mayLendName(): boolean {
  const [program = '', ...args] = lendName(['true'])
  return spawnSync(program, args, { uid: NAMELESS, gid: NAMELESS }).status === 0
}

async function removeOutside(dataDir: string): Promise<void> {
  execFileSync('rm', ['-rf', await findHome(dataDir)])
}
