import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './free-port.ts'
import { waitUntil } from './smtp-sink.ts'

/** A running Postfix. */
export interface TestPostfix {
  port: number
  stop(): Promise<void>
}

/** What a Postfix of a test needs. */
export interface PostfixOptions {
  /** PEM files of the certificate that it offers STARTTLS with. */
  certificate: string
  key: string
  /** The port of this machine to which it passes every mail on. */
  relayTo: number
}

const MASTER = '/usr/lib/postfix/sbin/master'
const SERVICES = '/usr/share/postfix/master.cf.dist'

/**
 * Starts Debian's Postfix with the settings of a new installation: STARTTLS with a certificate of its own, no
 * authentication, mail from this machine alone. It must run as root.
 *
 * Its configuration and its queue lie in a folder of the test. The Postfix of the machine is not touched.
 */
export async function startPostfix(options: PostfixOptions): Promise<TestPostfix> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postfix-'))
  // The processes of Postfix run as other users.
  chmodSync(folder, 0o755)
  const port = await findFreePort()
  writeConfiguration(folder, port, options)
  execFileSync('postfix', ['-c', folder, 'check'], { stdio: 'ignore' })
  // Its own process group, because its end ends the group.
  const child = spawn(MASTER, ['-c', folder, '-d'], { stdio: 'ignore', detached: true })
  await waitUntil(async () => child.exitCode !== null || (await greets(port)), 'Postfix')
  if (child.exitCode !== null) throw new Error(`Postfix ended with ${child.exitCode}.`)
  return {
    port,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function greets(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1')
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer]
    return greeting.toString().startsWith('220')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

function writeConfiguration(folder: string, port: number, options: PostfixOptions): void {
  const [queue, data] = [join(folder, 'queue'), join(folder, 'data')]
  mkdirSync(queue)
  mkdirSync(data)
  execFileSync('chown', ['postfix:postfix', data])
  const settings = [
    'compatibility_level = 3.6',
    'smtpd_banner = $myhostname ESMTP $mail_name (Debian/GNU)',
    'smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination',
    `smtpd_tls_cert_file = ${options.certificate}`,
    `smtpd_tls_key_file = ${options.key}`,
    'smtpd_tls_security_level = may',
    'mynetworks = 127.0.0.0/8',
    'recipient_delimiter = +',
    // From here on: what lets it run beside another Postfix, and without a name server.
    'myhostname = relay.example',
    'mydestination =',
    'alias_maps =',
    'inet_protocols = ipv4',
    `relayhost = [127.0.0.1]:${options.relayTo}`,
    'smtpd_peername_lookup = no',
    'disable_dns_lookups = yes',
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
  ]
  writeFileSync(join(folder, 'main.cf'), `${settings.join('\n')}\n`)
  const services = readFileSync(SERVICES, 'utf8')
    .replace(/^smtp( +)inet/m, `127.0.0.1:${port} inet`)
    // Nothing runs in a chroot, which Debian fills with files of the machine.
    .replace(/^(\S+\s+\S+\s+\S\s+\S\s+)y/gm, '$1n')
  writeFileSync(join(folder, 'master.cf'), services)
}
