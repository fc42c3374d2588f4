import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection'
import { MailSettingMistake } from './setting-mistake.ts'
import type { SmtpServer } from './smtp-url.ts'

const CONNECT_TIMEOUT_MILLISECONDS = 10_000
const SILENCE_TIMEOUT_MILLISECONDS = 30_000
const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/**
 * Makes the options of a connection to the SMTP server.
 *
 * A certificate is verified wherever TLS is required. Opportunistic TLS verifies nothing: an attacker who can show a
 * wrong certificate can as well leave out the offer of STARTTLS, so a check would only stop mail.
 *
 * @param publicUrl - the server calls itself by the host of this URL, unless `SMTP_URL` has another name
 * @throws {MailSettingMistake} when the file of `tls.ca` cannot be read or holds no certificate
 */
export function createSmtpOptions(server: SmtpServer, publicUrl: string): SMTPConnectionOptions {
  const { host, port, encryption, caFile, certificateName } = server
  return {
    host,
    port,
    name: server.helloName ?? describeHello(publicUrl),
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    tls: {
      rejectUnauthorized: encryption === 'tls' || encryption === 'starttls',
      ...(caFile !== null && { ca: readCertificates(caFile) }),
      ...(certificateName !== null && { servername: certificateName }),
    },
    connectionTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    greetingTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    dnsTimeout: CONNECT_TIMEOUT_MILLISECONDS,
    socketTimeout: SILENCE_TIMEOUT_MILLISECONDS,
  }
}

/** Returns the host of a URL as a client names itself after EHLO: a host name, or an address in brackets (RFC 5321). */
export function describeHello(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  if (hostname.startsWith('[')) return `[IPv6:${hostname.slice(1, -1)}]`
  return isIP(hostname) ? `[${hostname}]` : hostname.replace(/\.$/, '')
}

/**
 * Reads the certificates of a PEM file.
 *
 * @throws {MailSettingMistake} when the file cannot be read or holds no certificate; the sentence names the path
 */
export function readCertificates(path: string): string[] {
  const certificates = readText(path).match(CERTIFICATE) ?? []
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new MailSettingMistake(`SMTP_URL: tls.ca names ${path}, which holds no certificates in PEM`)
  }
  return certificates
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new MailSettingMistake(`SMTP_URL: tls.ca names ${path}, which cannot be read (${code})`)
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== null
  } catch {
    return false
  }
}
