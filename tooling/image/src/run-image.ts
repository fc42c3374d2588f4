import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BuiltImage } from './build-image.ts'

/** How a container is started. */
export interface ContainerOptions {
  /** The command; that of the image unless given. */
  command?: string[]
  /** Variables beside those of the image. */
  env?: Record<string, string>
  /** A folder whose files appear in `/run/secrets`. */
  secrets?: string
  /** Names that lead to this machine, as those of the services of a Compose file. */
  hosts?: string[]
}

/** A process of the image. */
export interface Container {
  process: ChildProcess
  output(): string
  /** Waits for its end. @returns the exit code */
  exit: Promise<number | null>
}

// The root is bound to itself read-only. What an engine mounts is mounted: /proc, /dev, hosts and secrets.
const MOUNTS = `
  set -e
  mount --bind "$1" "$1"
  mount --bind /dev "$1/dev"
  mount -t proc proc "$1/proc"
  [ -z "$2" ] || mount --bind -o ro "$2" "$1/run/secrets"
  mount -o remount,bind,ro "$1"
  uid=$3 gid=$4 root=$1
  shift 4
  exec setpriv --no-new-privs chroot --userspec="$uid:$gid" --groups="$gid" "$root" "$@"`

/**
 * Runs the image as an engine does: its user, its variables and its command, in a mount and a process namespace, on a
 * read-only root and without privileges. The network is that of the machine.
 */
export function runImage({ root, config }: BuiltImage, options: ContainerOptions = {}): Container {
  mkdirSync(join(root, 'run/secrets'), { recursive: true })
  cpSync('/etc/resolv.conf', join(root, 'etc/resolv.conf'), { dereference: true })
  const hosts = ['localhost', ...(options.hosts ?? [])].map((name) => `127.0.0.1 ${name}\n`)
  writeFileSync(join(root, 'etc/hosts'), hosts.join(''))
  const [uid = '', gid = ''] = config.User.split(':')
  const words = [
    root,
    options.secrets ?? '',
    uid,
    gid,
    ...config.Entrypoint,
    ...(options.command ?? config.Cmd),
  ]
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child']
  const own = Object.fromEntries(config.Env.map((line) => line.split(/=(.*)/s).slice(0, 2)))
  const child = spawn('unshare', [...namespaces, 'sh', '-c', MOUNTS, 'sh', ...words], {
    env: { ...own, ...options.env, PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const exit = once(child, 'close').then(([code]) => code as number | null)
  return { process: child, output: () => output, exit }
}

/** Runs a command of the image to its end. */
export async function runToEnd(
  image: BuiltImage,
  options: ContainerOptions,
): Promise<{ code: number | null; output: string }> {
  const container = runImage(image, options)
  const code = await container.exit
  return { code, output: container.output() }
}
