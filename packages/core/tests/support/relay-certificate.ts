import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSelfSigned } from '@latchkey/testkit'

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
export async function makeRelayCertificate(names: string): Promise<RelayCertificate> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-relay-'))
  const { cert: certificate, key } = await createSelfSigned(folder, 'relay', names)
  return { certificate, key, remove: () => rmSync(folder, { recursive: true }) }
}
