import { once } from 'node:events'
import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { DAY_SECONDS, readDatabaseCertificates, readMailCertificate, spellCount } from '@latchkey/core'
import { type Check, type Finding, good, look, mend } from './check.ts'

/** Usual programs renew a certificate a month before its end. */
const SOON_DAYS = 21
const URGENT_DAYS = 3
const TIMEOUT_MILLISECONDS = 5000
const HTTPS_PORT = 443

/** A certificate, and the setting that leads to it. */
interface Certificate {
  of: string
  endsAt: Date
}

/** Tells until when the certificates of the proxy, the mail server and the database are valid. */
export const CERTIFICATES: Check = {
  name: 'certificates',
  examine: async ({ config, now }) => {
    const { publicUrl, mail, databaseUrl } = config()
    const found = await Promise.all([
      readPublic(publicUrl),
      mail.smtpUrl === null ? [] : readMail(mail.smtpUrl, publicUrl),
      databaseUrl === null ? [] : readDatabase(databaseUrl),
    ])
    const certificates = found.flat()
    if (certificates.length === 0) return [good('none was shown: no connection has TLS, or none was reached')]
    return certificates.map((certificate) => judge(certificate, now()))
  },
}

function judge({ of, endsAt }: Certificate, now: number): Finding {
  const days = Math.floor((endsAt.getTime() - now) / 1000 / DAY_SECONDS)
  const date = endsAt.toISOString().slice(0, 10)
  if (days < 0) return mend(`${of} ended on ${date}; renew it`)
  const told = `${of} ends on ${date}, in ${spellCount(days, 'day', 'days')}`
  if (days <= URGENT_DAYS) return mend(`${told}; renew it now`)
  if (days <= SOON_DAYS) return look(`${told}; look why it was not renewed`)
  return good(told)
}

/** The other checks tell of a server that is not reached. */
async function readPublic(publicUrl: string): Promise<Certificate[]> {
  const { protocol, hostname, port } = new URL(publicUrl)
  if (protocol !== 'https:') return []
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket = connect({
    host,
    port: Number(port || HTTPS_PORT),
    rejectUnauthorized: false,
    ...(isIP(host) === 0 && { servername: host }),
  })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) })
    return [{ of: 'that of PUBLIC_URL', endsAt: new Date(socket.getPeerCertificate().valid_to) }]
  } catch {
    return []
  } finally {
    socket.destroy()
  }
}

async function readMail(smtpUrl: string, publicUrl: string): Promise<Certificate[]> {
  const endsAt = await readMailCertificate(smtpUrl, publicUrl).catch(() => null)
  return endsAt ? [{ of: 'that of SMTP_URL', endsAt }] : []
}

async function readDatabase(databaseUrl: string): Promise<Certificate[]> {
  const certificates = await readDatabaseCertificates(databaseUrl)
  return certificates.map(({ host, endsAt }) => ({ of: `that of the database at ${host}`, endsAt }))
}
