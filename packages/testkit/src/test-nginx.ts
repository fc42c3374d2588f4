import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepts } from './accepts.ts'
import { waitUntil } from './smtp-sink.ts'

/** An nginx of one test. */
export interface TestNginx {
  /** What it has written into its log of errors. */
  errors(): string
  /**
   * Takes other blocks, as `nginx -s reload` does: calls in flight go on under the former ones.
   *
   * @returns when new calls are answered under the new blocks
   */
  reload(blocks: string): Promise<void>
  close(): Promise<void>
}

/** The folders that nginx makes for itself, below its own folder. */
const FOLDERS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/**
 * Starts an nginx. Fails on a machine without nginx.
 *
 * @param ports - the ports on which the blocks listen
 * @param blocks - the `upstream` and `server` blocks of its configuration
 */
export async function startTestNginx(ports: number[], blocks: string): Promise<TestNginx> {
  if (spawnSync('nginx', ['-v']).status !== 0)
    throw new Error('There is no nginx here: apt-get install nginx')
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-nginx-'))
  await writeFile(join(folder, 'nginx.conf'), createConfiguration(blocks))
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'])
  const exit = once(child, 'exit')
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const accept = async () => {
    if (child.exitCode !== null) throw new Error(errors)
    return (await Promise.all(ports.map(accepts))).every((accepted) => accepted)
  }
  await waitUntil(accept, 'nginx to listen')
  return {
    errors: () => errors,
    reload: async (changed) => {
      const former = await listWorkers(child.pid)
      await writeFile(join(folder, 'nginx.conf'), createConfiguration(changed))
      child.kill('SIGHUP')
      const hasNew = async () => (await listWorkers(child.pid)).some((pid) => !former.includes(pid))
      await waitUntil(hasNew, 'nginx to take its configuration')
      // The former workers accept calls for a tenth of a second beside the new ones.
      const areLeaving = async () => (await Promise.all(former.map(isLeaving))).every((leaving) => leaving)
      await waitUntil(areLeaving, 'the former workers of nginx to accept no more calls')
    },
    close: async () => {
      child.kill('SIGTERM')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The worker processes of an nginx. Those of a former configuration are among them until their calls have ended. */
async function listWorkers(master: number | undefined): Promise<string[]> {
  return (await readFile(`/proc/${master}/task/${master}/children`, 'utf8')).split(' ').filter(Boolean)
}

/** Answers whether a worker has ended, or finishes its calls and accepts no more. */
async function isLeaving(pid: string): Promise<boolean> {
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return title === '' || title.includes('is shutting down')
}

function createConfiguration(blocks: string): string {
  // As root, nginx would run its workers as a user who may not read the folder.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const folders = FOLDERS.map((name) => `${name}_temp_path ${name};`).join(' ')
  return `${user} daemon off; worker_processes 1; pid nginx.pid; error_log stderr warn;
events {}
http {
  access_log off; ${folders}
  ${blocks}
}
`
}
