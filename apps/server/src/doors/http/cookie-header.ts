import { parse, serialize } from 'hono/utils/cookie'

export interface CookieOptions {
  httpOnly: boolean
  secure: boolean
  sameSite: 'Lax' | 'Strict' | 'None'
  /** 0 removes the cookie. */
  maxAgeSeconds: number
  path: string
  domain?: string
}

/** Reads one cookie of a request, or undefined. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const header = headers.get('cookie')
  return header === null ? undefined : parse(header, name)[name]
}

/** Writes the value of a `Set-Cookie` header. */
export function writeCookie(name: string, value: string, options: CookieOptions): string {
  const { maxAgeSeconds, ...attributes } = options
  return serialize(name, value, { ...attributes, maxAge: maxAgeSeconds })
}
