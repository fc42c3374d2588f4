import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { Hono, type MiddlewareHandler } from 'hono'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')
const APP_URL = 'https://app.example'

/** The part of each example that keeps an attempt to sign in with a provider. */
interface Social<Place extends unknown[]> {
  beginAttempt(...given: [...Place, string]): Promise<string>
  takeAttempt(...given: unknown[]): unknown
}

/** What the module `next/headers` does with the cookies of one request. */
const NEXT_HEADERS = `
  export const headers = async () => new Headers()
  export const cookies = async () => globalThis.jarOfNext`

let folder: string
beforeAll(async () => {
  // Inside of the workspace, so that the packages of the workspace are found.
  folder = await mkdtemp(join(import.meta.dirname, '../.planted-'))
  vi.stubEnv('APP_URL', APP_URL)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

/** Loads files of an example as one module, so that they share what they import. */
async function load<Module>(...files: string[]): Promise<Module> {
  const outfile = join(folder, `${crypto.randomUUID()}.mjs`)
  const modules: Record<string, string> = {
    'next/headers': NEXT_HEADERS,
    'next/navigation': 'export const redirect = 0',
  }
  await build({
    stdin: {
      contents: files
        .map((file) => `export * from ${JSON.stringify(join(ROOT, 'examples', file))}`)
        .join('\n'),
      resolveDir: folder,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    nodePaths: [join(import.meta.dirname, '../node_modules')],
    plugins: [
      {
        name: 'next',
        setup(setup) {
          setup.onResolve({ filter: /^next\// }, ({ path }) => ({ path, namespace: 'next' }))
          setup.onLoad({ filter: /./, namespace: 'next' }, ({ path }) => ({ contents: modules[path] ?? '' }))
        },
      },
    ],
  })
  return (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as Module
}

/** Runs one request of an example: which cookies it has, and what it does. */
type Run = (
  cookies: Map<string, string>,
  attempt: string | null,
) => Promise<{ answer: unknown; set: string[] }>

const describeCookie = (name: string, given: { secure?: boolean; path?: string }) =>
  `${name} ${given.secure ? 'Secure ' : ''}${given.path}`

const EXAMPLES: Record<string, () => Promise<Run>> = {
  nextjs: async () => {
    const social = await load<Social<[]>>('nextjs/lib/social.ts')
    return async (cookies, attempt) => {
      const set: string[] = []
      const jar = {
        get: (name: string) => (cookies.has(name) ? { value: cookies.get(name) } : undefined),
        set(name: string, value: string, options: object) {
          cookies.set(name, value)
          set.push(describeCookie(name, options))
        },
        delete: (options: { name: string; secure?: boolean; path?: string }) =>
          set.push(describeCookie(options.name, options)),
      }
      vi.stubGlobal('jarOfNext', jar)
      const answer = attempt === null ? await social.beginAttempt('acme') : await social.takeAttempt(attempt)
      return { answer, set }
    }
  },
  bff: async () => {
    const { session, ...social } = await load<Social<[unknown]> & { session: MiddlewareHandler }>(
      'bff/src/social.ts',
      'bff/src/auth.ts',
    )
    return async (cookies, attempt) => {
      const set: string[] = []
      const app = new Hono()
      app.use(session)
      app.get('/', async (c) => {
        const answer = attempt === null ? await social.beginAttempt(c, 'acme') : social.takeAttempt(c)
        return c.json({ answer })
      })
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const incoming = { socket: { remoteAddress: '192.0.2.1' } }
      const response = await app.request(`/?attempt=${attempt}`, { headers: { cookie } }, { incoming })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = '', path] = /^([^=]+)=([^;]*).*Path=([^;]*)/i.exec(line) ?? []
        if (value !== '') cookies.set(name, value)
        set.push(describeCookie(name, { secure: /; Secure/i.test(line), path }))
      }
      const { answer } = (await response.json()) as { answer: unknown }
      return { answer, set }
    }
  },
}

describe.each(Object.entries(EXAMPLES))('the attempt of a browser in the example %s', (_name, open) => {
  it('is in a cookie that no other host of the same site can plant, and is taken once', async () => {
    const run = await open()
    const cookies = new Map<string, string>()
    const begun = await run(cookies, null)
    const [name = ''] = cookies.keys()
    const attempt = name.replace('__Host-attempt-', '')
    const own = `__Host-attempt-${attempt} Secure /`
    expect(begun.set).toEqual([own])
    const planted = new Map([[`attempt-${attempt}`, cookies.get(name) ?? '']])
    expect(await run(planted, attempt)).toEqual({ answer: null, set: [] })
    const taken = await run(cookies, attempt)
    expect(taken.answer).toMatchObject({ purpose: 'sign_in', verifier: expect.any(String) })
    // A browser forgets a cookie with this prefix only with the attributes that it asks for.
    expect(taken.set).toEqual([own])
  })
})
