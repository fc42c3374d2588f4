import { isIP } from 'node:net'
import { MailSettingMistake } from './setting-mistake.ts'

/** What the parameters of `SMTP_URL` set. Null means that the parameter is not there. */
export interface SmtpParameters {
  /** The name after EHLO: a host name, or an address in brackets. */
  helloName: string | null
  /** The path of a PEM file with the certificates to trust instead of the public ones. */
  caFile: string | null
  /** The name that the certificate must carry, where it is another one than the host. */
  certificateName: string | null
}

interface AllParameters extends SmtpParameters {
  requireTLS: boolean | null
  ignoreTLS: boolean | null
}

const KNOWN = ['requireTLS', 'ignoreTLS', 'name', 'tls.ca', 'tls.servername']
/** Parameters that other programs know, and what to do here. */
const ELSEWHERE: Record<string, string> = {
  'tls.rejectUnauthorized':
    'a certificate is verified wherever TLS is required; name the certificates to trust with tls.ca',
  secure: 'write smtps:// for TLS from the start',
}
const HOST_NAME = /^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/i

/**
 * Reads the parameters of `SMTP_URL`. The list is closed: an unknown parameter is a mistake.
 *
 * @param query - the text after the question mark
 * @throws {MailSettingMistake} naming the parameter
 */
export function readParameters(query: string): AllParameters {
  const values = new Map<string, string>()
  for (const part of query.split('&').filter((text) => text !== '')) {
    const [name, value] = splitPart(part)
    requireKnown(name)
    if (values.has(name)) throw new MailSettingMistake(`SMTP_URL has the parameter ${name} twice`)
    values.set(name, value)
  }
  return {
    requireTLS: readFlag(values, 'requireTLS'),
    ignoreTLS: readFlag(values, 'ignoreTLS'),
    helloName: readText(values, 'name', 'a host name, or an address in brackets', isHelloName),
    caFile: readText(values, 'tls.ca', 'the path of a PEM file', (text) => text !== ''),
    certificateName: readText(values, 'tls.servername', 'a host name', isHostName),
  }
}

/**
 * Finds parameters that contradict each other or the rest of the URL.
 *
 * @param url.secure - whether the scheme is `smtps`
 * @param url.exposed - whether credentials travel to another machine
 * @throws {MailSettingMistake} naming the parameter
 */
export function checkParameters(given: AllParameters, url: { secure: boolean; exposed: boolean }): void {
  const { requireTLS, ignoreTLS, caFile, certificateName } = given
  const off = ignoreTLS ? 'ignoreTLS=true' : requireTLS === false ? 'requireTLS=false' : null
  if (!off) return
  if (url.secure) throw new MailSettingMistake(`SMTP_URL must not have ${off} with smtps://, which is TLS`)
  if (url.exposed)
    throw new MailSettingMistake(
      `SMTP_URL must not have ${off} with a password: it would be sent in the clear`,
    )
  if (ignoreTLS && requireTLS)
    throw new MailSettingMistake(`SMTP_URL must not have ${off} with requireTLS=true`)
  if (caFile || certificateName) {
    const verify = caFile ? 'tls.ca' : 'tls.servername'
    throw new MailSettingMistake(`SMTP_URL must not have ${off} with ${verify}, which asks for verified TLS`)
  }
}

function splitPart(part: string): [name: string, value: string] {
  const at = part.indexOf('=')
  const raw = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
  try {
    const [name = '', value = ''] = raw.map((text) => decodeURIComponent(text))
    return [name, value]
  } catch {
    throw new MailSettingMistake('SMTP_URL has a stray % in its parameters; write %25 for the character %')
  }
}

function requireKnown(name: string): void {
  if (KNOWN.includes(name)) return
  // Anything else may be a piece of a password.
  const shown = /^[A-Za-z][\w.-]{0,40}$/.test(name) ? `the parameter ${name}` : 'a parameter'
  const advice = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : `known are ${KNOWN.join(', ')}`
  throw new MailSettingMistake(`SMTP_URL has ${shown}, which it cannot have: ${advice}`)
}

function readFlag(values: Map<string, string>, name: string): boolean | null {
  const value = readText(values, name, 'true or false', (text) => text === 'true' || text === 'false')
  return value === null ? null : value === 'true'
}

function readText(
  values: Map<string, string>,
  name: string,
  expected: string,
  isSound: (text: string) => boolean,
): string | null {
  const value = values.get(name) ?? null
  if (value !== null && !isSound(value)) throw new MailSettingMistake(`SMTP_URL: ${name} must be ${expected}`)
  return value
}

function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && !isIP(text)
}

function isHelloName(text: string): boolean {
  const address = /^\[(?:IPv6:)?([^\]]+)\]$/i.exec(text)?.[1]
  return address ? isIP(address) !== 0 : isHostName(text)
}
