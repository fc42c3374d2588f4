// Programs that some tests need and no package brings: a browser, a Redis, proxies, and SMTP servers of other authors.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Finds a Chromium on the search path; null when there is none. */
export function findChromium(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return paths.find(isExecutable) ?? null
}

/** Answers whether Debian's Python has aiosmtpd. */
export function hasAiosmtpd(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import aiosmtpd']).status === 0
}

/** Answers whether Debian's Python has Django, whose hashers take passwords back. */
export function hasDjango(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import django, argon2']).status === 0
}

/** Answers whether Debian's Python has cryptography, with which a program of other authors signs proofs. */
export function hasCryptography(): boolean {
  return spawnSync('/usr/bin/python3', ['-c', 'import cryptography']).status === 0
}

/** Answers whether Debian's Python has Simple JWT and what it verifies ES256 with. */
export function hasSimpleJwt(): boolean {
  return (
    spawnSync('/usr/bin/python3', ['-c', 'import cryptography, jwt, rest_framework_simplejwt']).status === 0
  )
}

/** Answers whether Debian's Postfix can be started here, which takes root. */
export function hasPostfix(): boolean {
  return process.getuid?.() === 0 && spawnSync('postconf', ['mail_version']).status === 0
}

/** Answers whether the machine has an nginx. */
export function hasNginx(): boolean {
  return spawnSync('nginx', ['-v']).status === 0
}

/** Answers whether the machine has a Caddy. */
export function hasCaddy(): boolean {
  return spawnSync('caddy', ['version']).status === 0
}

/** Answers whether the machine has the program that checks units of systemd. */
export function hasSystemdAnalyze(): boolean {
  return spawnSync('systemd-analyze', ['--version']).status === 0
}

/** Answers whether the machine has a PgBouncer. */
export function hasPgBouncer(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0
}

/** Answers whether the machine has the programs that copy a PostgreSQL. */
export function hasPgDump(): boolean {
  return ['pg_dump', 'pg_restore', 'pg_basebackup', 'psql'].every(
    (name) => spawnSync(name, ['--version']).status === 0,
  )
}

/** Answers whether the machine has jq. */
export function hasJq(): boolean {
  return spawnSync('jq', ['--version']).status === 0
}

/** Answers whether the machine has a Prometheus, and the program that checks its files. */
export function hasPrometheus(): boolean {
  return ['prometheus', 'promtool'].every((name) => spawnSync(name, ['--version']).status === 0)
}

/** Answers whether the machine has a Redis, under one of its two names. */
export function hasRedis(): boolean {
  return ['redis-server', 'valkey-server'].some((name) => spawnSync(name, ['--version']).status === 0)
}

/** Answers whether container images can be built and run here without an engine: with Buildah, on Debian, as root. */
export function hasBuildah(): boolean {
  const programs = ['buildah', 'dpkg-deb', 'unshare']
  return process.getuid?.() === 0 && programs.every((name) => spawnSync(name, ['--version']).status === 0)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
