import { globSync, readFileSync } from 'node:fs'
import {
  findChromium,
  hasAiosmtpd,
  hasBuildah,
  hasCaddy,
  hasCryptography,
  hasDjango,
  hasJq,
  hasNginx,
  hasPgBouncer,
  hasPgDump,
  hasPostfix,
  hasPrometheus,
  hasRedis,
  hasSimpleJwt,
  hasSystemdAnalyze,
} from './find-programs.ts'

/** For each program that no package brings: the function whose use shows the need, and how to install the program. */
const NEEDS = [
  { uses: 'launchBrowser', isMet: () => findChromium() !== null, install: 'apt-get install chromium' },
  { uses: 'startTestNginx', isMet: hasNginx, install: 'apt-get install nginx' },
  { uses: "'caddy'", isMet: hasCaddy, install: 'apt-get install caddy' },
  { uses: "'systemd-analyze'", isMet: hasSystemdAnalyze, install: 'apt-get install systemd' },
  { uses: 'startTestRedis', isMet: hasRedis, install: 'apt-get install redis-server' },
  {
    uses: 'prepareFaultRun',
    isMet: () => hasNginx() && hasRedis(),
    install: 'apt-get install nginx redis-server',
  },
  { uses: 'startPgBouncer', isMet: hasPgBouncer, install: 'apt-get install pgbouncer' },
  { uses: 'startTestPrometheus', isMet: hasPrometheus, install: 'apt-get install prometheus' },
  { uses: "'promtool'", isMet: hasPrometheus, install: 'apt-get install prometheus' },
  { uses: "'backup.sh'", isMet: hasPgDump, install: 'apt-get install postgresql-client' },
  { uses: "'take-back.sh'", isMet: hasPgDump, install: 'apt-get install postgresql-client' },
  { uses: "'export.sh'", isMet: hasPgDump, install: 'apt-get install postgresql-client' },
  { uses: "'keycloak.sh'", isMet: hasJq, install: 'apt-get install jq' },
  { uses: "'base-backup.sh'", isMet: hasPgDump, install: 'apt-get install postgresql-client' },
  { uses: "'bound.py'", isMet: hasCryptography, install: 'apt-get install python3-cryptography' },
  {
    uses: "'check_django.py'",
    isMet: hasDjango,
    install: 'apt-get install python3-django python3-argon2',
  },
  {
    uses: "'verify.py'",
    isMet: hasSimpleJwt,
    install: 'apt-get install python3-cryptography python3-djangorestframework-simplejwt',
  },
  { uses: 'startSmtpSink', isMet: hasAiosmtpd, install: 'apt-get install python3-aiosmtpd' },
  { uses: 'startPostfix', isMet: hasPostfix, install: 'as root: apt-get install postfix' },
  { uses: 'buildImage', isMet: hasBuildah, install: 'as root: apt-get install buildah' },
]

/**
 * Lists the test files that this machine cannot run, and prints them, so that `npm test` works with Node alone.
 *
 * With CI=true the list is empty, and a missing program fails the run.
 *
 * @param globs - the patterns of test files
 */
export function findNeedyTests(globs: string[]): string[] {
  if (process.env.CI === 'true') return []
  const missing = NEEDS.filter(({ isMet }) => !isMet())
  if (missing.length === 0) return []
  const files = globSync(globs, { exclude: (path) => path.endsWith('node_modules') })
  return missing.flatMap(({ uses, install }) => {
    const needy = files.filter((file) => readFileSync(file, 'utf8').includes(uses))
    console.warn(`Not run here, because a program is missing (${install}): ${needy.join(', ')}`)
    return needy
  })
}
