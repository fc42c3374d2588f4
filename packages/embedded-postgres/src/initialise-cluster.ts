import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cleanEnvironment } from './clean-environment.ts'
import type { DataFolder } from './data-folder.ts'
import { EmbeddedPostgresError } from './errors.ts'

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
  const options = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--username=latchkey']
  if (!input.isDurable) options.push('--no-sync')
  await run(join(input.binaries, 'bin', 'initdb'), {
    args: ['-D', unfinished, `--pwfile=${passwordFile}`, ...options],
    cwd: workshop,
    owner: runUser ?? {},
  })
  await rename(unfinished, cluster)
  await sweepUnfinished(home)
}

async function sweepUnfinished(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    if (!name.startsWith(UNFINISHED)) continue
    // The initdb of a killed server may still write here. A later start removes the rest.
    await rm(join(home, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
  }
}

function run(
  command: string,
  input: { args: string[]; cwd: string; owner: { uid?: number; gid?: number } },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, input.args, { cwd: input.cwd, env: cleanEnvironment(), ...input.owner })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    const fail = (why: string) => reject(new EmbeddedPostgresError(`The database could not be made: ${why}`))
    child.on('error', (error) => fail(error.message))
    child.on('close', (code, signal) => {
      if (code === 0) return resolve()
      const said = output.split('\n').findLast((line) => /error|fatal/i.test(line)) ?? output.trim()
      fail(`initdb ended with ${signal ?? code}: ${said}`)
    })
  })
}
