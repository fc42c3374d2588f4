import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate that no public authority signed, as a mail server makes it for itself. */
export interface RelayCertificate {
  certificate: string
  key: string
  remove(): void
}

/**
 * Makes a certificate.
 *
 * @param names - the names it is for, in the words of OpenSSL: `DNS:localhost`, `IP:127.0.0.1`
 */
export function makeRelayCertificate(names: string): RelayCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-relay-'))
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-days', '2', '-subj', '/CN=relay', '-addext', `subjectAltName=${names}`]
  const files = ['-keyout', key, '-out', certificate]
  execFileSync('openssl', ['req', '-x509', ...curve, ...subject, ...files], { stdio: 'ignore' })
  return { certificate, key, remove: () => rmSync(folder, { recursive: true }) }
}
