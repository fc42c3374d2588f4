import type { Config } from './config/index.ts'
import { findOpenSettings } from './config/open-settings.ts'

/** The address at which browsers and curl reach a listening server. */
export function describeAddress(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/**
 * The first lines for an operator.
 *
 * In development they are for a person who tries the server: its pages, its mailbox, and a command to paste. In
 * production the pages are named at the public address, and no command makes an account.
 */
export function describeWelcome(config: Config, port: number): string {
  const { production, publicUrl, mail } = config
  const address = describeAddress(config.host, port)
  // The path of the public address, if it has one, leads to the pages at the local address too.
  const base = production ? publicUrl : address + new URL(publicUrl).pathname.replace(/\/$/, '')
  const lines = [
    `Latchkey is ready at ${address}`,
    ...(production ? [`Public address:      ${publicUrl}`] : []),
    `Account portal:      ${base}/account/`,
    `Documentation:       ${base}/docs`,
    ...(mail.mode === 'dev' ? [`Mailbox:             ${base}/dev/mailbox`] : []),
    ...(production ? [] : ['', 'Try it:', describeSignUp(base)]),
    // The log has scrolled by, and its level may hide warnings.
    ...(production ? [] : findOpenSettings(config).flatMap((warning) => ['', `WARNING: ${warning}.`])),
  ]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
}

/** The same for the log of a production: the address of this process, and the message of the line. */
export function describeReadiness(
  { host, publicUrl }: Config,
  port: number,
): { address: string; message: string } {
  const address = describeAddress(host, port)
  return { address, message: `Latchkey is ready at ${address} for ${publicUrl}` }
}

function describeSignUp(base: string): string {
  const person = JSON.stringify({
    email: 'ada@example.com',
    password1: 'correct horse battery',
    password2: 'correct horse battery',
    first_name: 'Ada',
    last_name: 'Lovelace',
  })
  return `curl -X POST ${base}/registration/ -H 'Content-Type: application/json' -d '${person}'`
}
