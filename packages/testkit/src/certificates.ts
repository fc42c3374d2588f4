import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A certificate and its key, as files. */
export interface CertificateFiles {
  cert: string
  key: string
}

/** An authority of a test, which signs certificates. */
export interface Authority extends CertificateFiles {
  /**
   * Signs a certificate, with a new key.
   *
   * @param input.names - whom it is for, in the words of OpenSSL: `DNS:localhost`, `IP:127.0.0.1`
   * @param input.passphrase - encrypts the key
   * @param input.days - how long it is valid; 2 unless given
   */
  sign(input: {
    subject: string
    names: string
    passphrase?: string
    days?: number
  }): Promise<CertificateFiles>
}

/**
 * Makes a certificate that signs itself, by the program openssl. Its files lie in a folder.
 *
 * @param names - whom it is for besides its subject, in the words of OpenSSL: `DNS:localhost`, `IP:127.0.0.1`
 */
export async function createSelfSigned(
  folder: string,
  subject: string,
  names?: string,
): Promise<CertificateFiles> {
  const files = filesOf(folder, subject)
  await request(files, ['-nodes', '-subj', `/CN=${subject}`, ...nameOptions(names)])
  return files
}

/** Makes an authority. Its files lie in a folder. */
export async function createAuthority(folder: string, name: string): Promise<Authority> {
  const own = await createSelfSigned(folder, name)
  return {
    ...own,
    sign: async ({ subject, names, passphrase, days }) => {
      const files = filesOf(folder, `${name}-${subject}`)
      const lock = passphrase ? ['-passout', `pass:${passphrase}`] : ['-nodes']
      const signed = ['-CA', own.cert, '-CAkey', own.key]
      await request(files, [...lock, ...signed, '-subj', `/CN=${subject}`, ...nameOptions(names)], days)
      return files
    },
  }
}

function filesOf(folder: string, name: string): CertificateFiles {
  return { cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
}

function nameOptions(names: string | undefined): string[] {
  return names === undefined ? [] : ['-addext', `subjectAltName=${names}`]
}

async function request({ cert, key }: CertificateFiles, options: string[], days = 2): Promise<void> {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-days', String(days)]
  await run('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, ...options])
}
