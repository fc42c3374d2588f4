import { isThisMachine } from '../../doors/http/this-machine.ts'
import { splitWords } from './readers.ts'
import { setting } from './setting.ts'

/** A path of plain words: `/auth` or `/sign/in`. Words of dots alone would be removed by browsers. */
const PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+\/?$/
/** The origin of a page inside an app or an extension: a scheme of its own and a host, such as `-`, without a path. */
const APP_ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]+(?::\d{1,5})?$/
/** Schemes whose pages have the origin `null`, or whose origin is read as that of a website. */
const NO_APP = /^(?:https?|wss?|ftp|file|data|blob|about|javascript):/

/** The address of the server for its callers: an origin, and a path when a proxy serves it below one. */
export function publicUrl() {
  return setting({
    expected: 'a URL such as https://auth.example.com or https://example.com/auth',
    read: (text) => {
      const url = readWebUrl(text)
      if (!url || (url.pathname !== '/' && !PATH.test(url.pathname))) return undefined
      return url.origin + url.pathname.replace(/\/$/, '')
    },
  })
}

/** Addresses of the server beside its public one, separated by commas or spaces. Over http only on this machine. */
export function proofUrls() {
  return setting({
    expected:
      'addresses such as https://app.example.com/auth, separated by commas; http only for this machine, such as http://localhost:5173',
    read: (text) => {
      const found = splitWords(text).map(readProofUrl)
      return found.every((one) => one !== undefined) ? found : undefined
    },
  })
}

function readProofUrl(text: string): string | undefined {
  const url = readWebUrl(text)
  const isSafe = url?.protocol === 'https:' || (url && isThisMachine(url.hostname))
  return isSafe ? url.origin + url.pathname.replace(/\/$/, '') : undefined
}

/** Exact origins of websites and apps, separated by commas or spaces. */
export function origins() {
  return setting({
    expected:
      'exact origins such as https://app.example.com or capacitor://localhost, separated by commas; an origin with * is not supported, so name each one',
    read: (text) => {
      const found = splitWords(text).map(readOrigin)
      return found.every((one) => one !== undefined) ? found : undefined
    },
  })
}

/** A path below which the server has its addresses too. */
export function path() {
  return setting({
    expected: 'a path such as /jwt-allauth',
    read: (text) => (PATH.test(text) ? text.replace(/\/$/, '') : undefined),
  })
}

function readOrigin(text: string): string | undefined {
  if (text.includes('*')) return undefined
  const url = readWebUrl(text)
  if (url) return url.pathname === '/' ? url.origin : undefined
  const lower = text.toLowerCase().replace(/\/$/, '')
  return APP_ORIGIN.test(lower) && !NO_APP.test(lower) ? lower : undefined
}

/** Reads a URL of http or https without user, query and fragment. */
function readWebUrl(text: string): URL | null {
  const url = URL.parse(text)
  const isBare = url && !url.search && !url.hash && !url.username && !url.password
  return isBare && /^https?:$/.test(url.protocol) ? url : null
}
