// Child processes that get each signal once and end with this process.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const ECHO_MILLISECONDS = 1000
const PARENT_POLL_MILLISECONDS = 500

/**
 * Runs a command in the foreground and passes signals on to it.
 *
 * The command gets a process group of its own. Otherwise a terminal's Ctrl-C would reach it three times: from the
 * terminal, from npm and from here.
 *
 * @param options.follows - the child watches a channel to this process and ends with it, even after SIGKILL
 * @returns its exit code
 */
export function runChild(command, args, env, options = {}) {
  const stdio = options.follows ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  const child = spawn(command, args, { env, stdio, detached: true })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
}

/**
 * Runs a command and shows its output only when it fails.
 *
 * @returns its standard output
 */
export function runQuietly(command, args, { env, cwd, purpose }) {
  const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const stopForwarding = forwardSignals(child)
  let stdout = ''
  let all = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    all += chunk
  })
  child.stderr.on('data', (chunk) => {
    all += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      stopForwarding()
      if (code === 0) return resolve(stdout)
      process.stderr.write(all)
      reject(new Error(`${purpose} failed (${signal ?? `exit code ${code}`})`))
    })
  })
}

function forwardSignals(child) {
  let last = 0
  const forward = (signal) => {
    // The terminal and npm both send us the same Ctrl-C. A signal after this time is a second Ctrl-C.
    if (Date.now() - last < ECHO_MILLISECONDS) return
    last = Date.now()
    child.kill(signal)
  }
  const hangUp = () => forward('SIGTERM')
  process.on('SIGINT', forward).on('SIGTERM', forward).on('SIGHUP', hangUp)
  const watch = watchParent(hangUp)
  return () => {
    process.off('SIGINT', forward).off('SIGTERM', forward).off('SIGHUP', hangUp)
    clearInterval(watch)
  }
}

// This process must end when npm was killed, or when npm's shell does not pass a signal on.
function watchParent(hangUp) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    hangUp()
  }, PARENT_POLL_MILLISECONDS)
  return watch
}
