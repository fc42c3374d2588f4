// Asks the registry for advisories about the packages of the lockfile.
import { spawn } from 'node:child_process'

const SERIOUS = ['high', 'critical']
/** A registry that does not answer must not hold up a change. */
const LIMIT_SECONDS = 60

/**
 * Prints the advisories about installed packages.
 *
 * An advisory that does not concern us is ignored by its name, with the reason, in `auditConfig.ignoreGhsas` of
 * pnpm-workspace.yaml.
 *
 * @param options.limitSeconds - after this time the registry counts as silent
 * @returns 1 after an advisory of high or critical severity. Without an answer of the registry 0, and a warning.
 */
export async function auditPackages({ pnpm, env }, { limitSeconds = LIMIT_SECONDS } = {}) {
  const { stdout, stderr } = await ask(pnpm, env, limitSeconds)
  const advisories = readAdvisories(stdout)
  if (advisories === null) {
    console.warn(
      `audit: the packages were not audited, because the registry gave no list. ${firstWords(stderr)}`,
    )
    return 0
  }
  for (const {
    severity,
    module_name: name,
    vulnerable_versions: versions,
    title,
    url,
    findings,
  } of advisories) {
    const paths = findings.flatMap((finding) => finding.paths ?? []).slice(0, 3)
    console.warn(`audit: ${severity}: ${name} ${versions}: ${title} (${url}), by ${paths.join(', ')}`)
  }
  const serious = advisories.filter(({ severity }) => SERIOUS.includes(severity))
  console.log(`audit: ${advisories.length} advisories, ${serious.length} of high or critical severity`)
  return serious.length > 0 ? 1 : 0
}

function ask(pnpm, env, limitSeconds) {
  const child = spawn(pnpm, ['audit', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const limit = setTimeout(() => child.kill('SIGKILL'), limitSeconds * 1000)
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'])
    child[name].on('data', (chunk) => {
      output[name] += chunk
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(limit)
      resolve(output)
    })
  })
}

/** @returns null when the output is no list of advisories */
function readAdvisories(stdout) {
  try {
    const { advisories, metadata } = JSON.parse(stdout)
    return metadata?.vulnerabilities ? Object.values(advisories ?? {}) : null
  } catch {
    return null
  }
}

function firstWords(stderr) {
  const words = stderr.replace(/[│×]/g, ' ').replace(/\s+/g, ' ').trim()
  return words.slice(0, 200) || 'It did not answer in time.'
}
