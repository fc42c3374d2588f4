import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthority } from '@latchkey/testkit'
import postgres from 'postgres'
import { afterEach, describe, expect, it } from 'vitest'
import { type DatabaseOptions, openClient } from './connection.ts'

const ENVIRONMENT = process.env
afterEach(() => {
  process.env = ENVIRONMENT
})

/** Runs work, and lists the variables that it asked the environment for. */
function listReadVariables(work: () => unknown): string[] {
  const read = new Set<string>()
  process.env = new Proxy(ENVIRONMENT, {
    get: (variables, name: string) => {
      read.add(name)
      return variables[name]
    },
  })
  work()
  process.env = ENVIRONMENT
  return [...read]
}

/** The options that the driver arrived at, with functions and the clock left out. */
function optionsOf(url: string): string {
  const pool: Omit<DatabaseOptions, 'url'> = { poolSize: 3, prepare: true }
  return JSON.stringify(openClient({ url, ...pool }).options)
}

describe('the environment of the process', () => {
  it.each(['postgres://u@h/d', 'postgres://u:p@[::1]:6432/d?sslmode=require', 'postgres://u@/d?host=/run'])(
    'changes nothing of the connection to %s',
    (url) => {
      const names = listReadVariables(() => postgres({}))
      expect(names).toEqual(expect.arrayContaining(['PGHOST', 'PGPASSWORD', 'PGSSL', 'PGTARGETSESSIONATTRS']))
      const usual = optionsOf(url)
      process.env = { ...ENVIRONMENT, ...Object.fromEntries(names.map((name) => [name, 'standby'])) }
      expect(optionsOf(url)).toBe(usual)
    },
  )
})

describe('the driver', () => {
  it('gets the parts of the URL as options', async () => {
    const { options } = openClient({
      url: 'postgres://u:p@a,[::1]:6432/my%20db?target_session_attrs=primary&sslmode=disable',
      poolSize: 3,
      prepare: true,
    })
    expect(options).toMatchObject({
      host: ['a', '::1'],
      port: [5432, 6432],
      user: 'u',
      database: 'my db',
      ssl: false,
      target_session_attrs: 'primary',
      max: 3,
    })
    expect(JSON.stringify(options)).not.toContain('"p"')
  })

  it('asks for no TLS on a socket', () => {
    const { options } = openClient({
      url: 'postgres://u@/d?host=/run/pg&port=6432&sslmode=require',
      poolSize: 1,
      prepare: true,
    })
    expect(options).toMatchObject({ path: '/run/pg/.s.PGSQL.6432', ssl: false })
  })
})

describe('a file of TLS that is of no use', () => {
  it('is refused before a connection is opened, because the driver would throw where nobody catches', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-tls-files-'))
    const { cert, key, sign } = await createAuthority(folder, 'authority')
    const locked = await sign({ subject: 'locked', names: 'DNS:client', passphrase: 'not seen' })
    const text = join(folder, 'text')
    await writeFile(text, 'not seen')
    const refusalOf = (query: string) => {
      try {
        openClient({ url: `postgres://u@h/d?${query}`, poolSize: 1, prepare: true })
        return 'accepted'
      } catch (error) {
        return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      }
    }
    const certificate = 'DatabaseUrlError: has an sslrootcert whose file has no readable certificate in PEM'
    const pair = /^DatabaseUrlError: has an sslcert and sslkey that cannot be used together: (?!.*not seen)/
    expect(refusalOf(`sslmode=verify-full&sslrootcert=${text}`)).toBe(certificate)
    expect(refusalOf(`sslmode=verify-full&sslrootcert=${key}`)).toBe(certificate)
    for (const files of [
      `sslcert=${text}&sslkey=${text}`,
      `sslcert=${cert}&sslkey=${text}`,
      `sslcert=${locked.cert}&sslkey=${key}`,
      `sslcert=${locked.cert}&sslkey=${locked.key}`,
      `sslcert=${locked.cert}&sslkey=${locked.key}&sslpassword=wrong`,
    ])
      expect(refusalOf(`sslmode=require&${files}`), files).toMatch(pair)
    expect(refusalOf(`sslmode=verify-full&sslrootcert=${cert}&sslcert=${cert}&sslkey=${key}`)).toBe(
      'accepted',
    )
    await rm(folder, { recursive: true })
  })
})
