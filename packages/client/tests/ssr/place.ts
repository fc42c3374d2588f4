import type { Cookies } from '../../src/ssr/index.ts'

/** The cookies of one browser, as a framework hands them out. */
export interface Browser extends Cookies {
  jar: Map<string, string>
  /** The `Cookie` header of its next request. */
  header(): string
  /** Reads the `Set-Cookie` headers of an answer. */
  accept(response: Response): void
}

/** Creates a browser without cookies, or with those of another one. */
export function createBrowser(other?: Browser): Browser {
  const jar = new Map(other?.jar)
  const put = (name: string, value: string, maxAge: number) => {
    if (maxAge > 0) jar.set(name, value)
    else jar.delete(name)
  }
  return {
    jar,
    get: (name) => jar.get(name),
    set: (name, value, { maxAge }) => put(name, value, maxAge),
    header: () => [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
    accept: (response) => {
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = '', maxAge] = /^([^=]+)=([^;]*);.*Max-Age=(\d+)/.exec(line) ?? []
        put(name, value, Number(maxAge))
      }
    },
  }
}

/** The same cookies where they can only be read, as in a server component of Next.js. */
export function readOnly(browser: Browser): Cookies {
  return {
    get: browser.get,
    set: () => {
      throw new Error('Cookies can only be modified in a Server Action or Route Handler.')
    },
  }
}
