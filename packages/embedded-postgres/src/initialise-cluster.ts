import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { cleanEnvironment } from './clean-environment.ts'
import type { DataFolder } from './data-folder.ts'
import { EmbeddedPostgresError, errorCode } from './errors.ts'
import { lendName } from './lend-name.ts'
import { SUPERUSER } from './roles.ts'

const UNFINISHED = 'unfinished-'

/**
 * Makes a new cluster: UTF-8, byte order, a password by SCRAM for every user.
 *
 * It is made beside its place and renamed, so that a cluster is either complete or absent.
 *
 * @param input.isDurable - false leaves out the flush to disk, for tests
 * @throws {EmbeddedPostgresError} with the message of initdb
 */
export async function initialiseCluster(input: {
  folder: DataFolder
  binaries: string
  password: string
  isDurable: boolean
}): Promise<void> {
  const { home, runUser, cluster } = input.folder
  await sweepUnfinished(home)
  const workshop = join(home, `${UNFINISHED}${randomBytes(4).toString('hex')}`)
  await mkdir(workshop, { mode: 0o700 })
  const passwordFile = join(workshop, 'password')
  await writeFile(passwordFile, input.password, { mode: 0o600 })
  if (runUser) for (const path of [workshop, passwordFile]) await chown(path, runUser.uid, runUser.gid)

  const unfinished = join(workshop, 'cluster')
  const options = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${SUPERUSER}`]
  if (!input.isDurable) options.push('--no-sync')
  await runInitdb(
    [join(input.binaries, 'bin', 'initdb'), '-D', unfinished, `--pwfile=${passwordFile}`, ...options],
    { cwd: workshop, owner: runUser ?? {} },
  )
  await rename(unfinished, cluster).catch((error: unknown) => explainOccupied(error, cluster))
  await sweepUnfinished(home)
}

/** A folder of files that are no whole database is left alone: it may be what is left of one. */
function explainOccupied(error: unknown, cluster: string): never {
  if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error
  throw new EmbeddedPostgresError(
    `The folder ${cluster} has files and no whole database; restore it from a backup, or choose another data folder.`,
    { cause: error },
  )
}

interface Surroundings {
  cwd: string
  owner: { uid?: number; gid?: number }
}

async function runInitdb(command: string[], surroundings: Surroundings): Promise<void> {
  const fault = await run(command, surroundings)
  if (fault === null) return
  if (!NAMELESS.test(fault)) throw new EmbeddedPostgresError(`The database could not be made: ${fault}`)
  const second = await run(lendName(command), surroundings)
  if (second !== null) throw new EmbeddedPostgresError(describeNameless(second))
}

/** The words of initdb when the list of users has no entry for the user id of the process. */
const NAMELESS = /could not look up effective user ID/

function describeNameless(fault: string): string {
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()]
  return [
    `The database could not be made: PostgreSQL needs a name for the user id ${uid}, and this machine has none.`,
    `Add a line such as "latchkey:x:${uid}:${gid}::/:/bin/false" to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own`,
    `(a user namespace, which would lend a name, cannot be used here: ${fault})`,
  ].join(' ')
}

async function sweepUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(UNFINISHED)) continue
    // The initdb of a killed server may still write here. A later start removes the rest.
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

/** @returns null when the program ended well, else why it did not */
function run([program = '', ...args]: string[], { cwd, owner }: Surroundings): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env: cleanEnvironment(), ...owner })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(null)
      const said = output.split('\n').findLast((line) => /error|fatal|could not/i.test(line)) ?? output.trim()
      resolve(`${basename(program)} ended with ${signal ?? code}: ${said}`)
    })
  })
}
