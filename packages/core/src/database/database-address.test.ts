import { describe, expect, it } from 'vitest'
import { type DatabaseAddress, describeAddress, readDatabaseUrl } from './database-address.ts'
import { DatabaseUrlError } from './url-mistakes.ts'

const PLAIN = {
  hosts: [{ host: 'db.example.com', port: 5432 }],
  user: 'u',
  password: '',
  database: 'd',
  applicationName: 'latchkey',
  options: null,
  target: 'any',
  tls: { mode: 'prefer', rootCert: null, client: null },
} satisfies DatabaseAddress

function hostsOf(text: string): string[] {
  return readDatabaseUrl(text).hosts.map(({ host, port }) => `${host} ${port}`)
}

/** The mistake, without its end: the end lists what is supported. */
function mistakeOf(text: string): string {
  try {
    readDatabaseUrl(text)
  } catch (error) {
    if (error instanceof DatabaseUrlError) return error.message
    throw error
  }
  return 'none'
}

describe('a URL of a database', () => {
  it.each<[string, Partial<DatabaseAddress>]>([
    ['postgres://u@db.example.com/d', {}],
    ['postgresql://u@db.example.com/d', {}],
    ['postgres://u@db.example.com:5432/d', {}],
    ['postgres://u:p%2Fq%40r%25@db.example.com/d', { password: 'p/q@r%' }],
    ['postgres://u:p:q@db.example.com/d', { password: 'p:q' }],
    ['postgres://u:p@q@db.example.com/d', { password: 'p@q' }],
    ['postgres://m%C3%BCller@db.example.com/d', { user: 'müller' }],
    ['postgres://u@db.example.com/my%20db', { database: 'my db' }],
    ['postgres://u@db.example.com/bücher', { database: 'bücher' }],
    ['postgres://u@db.example.com/b%C3%BCcher', { database: 'bücher' }],
    ['postgres://u@db.example.com', { database: 'u' }],
    ['postgres://db.example.com?user=u&password=p+q&dbname=d', { password: 'p+q' }],
    ['postgres://u@db.example.com/d?application_name=a%20b', { applicationName: 'a b' }],
    ['postgres://u@db.example.com/d?options=-csearch_path%3Dauth', { options: '-csearch_path=auth' }],
    ['postgres://u@db.example.com/d?target_session_attrs=read-write', { target: 'read-write' }],
    ['postgres://u@db.example.com/d?channel_binding=prefer', {}],
  ])('%s is read as its parts say', (text, parts) => {
    expect(readDatabaseUrl(text)).toEqual({ ...PLAIN, ...parts })
  })

  it.each([
    ['postgres://u@/d', ['localhost 5432']],
    ['postgres://u@[::1]/d', ['::1 5432']],
    ['postgres://u@[::1]:6432/d', ['::1 6432']],
    ['postgres://u@[fe80::1%25eth0]/d', ['fe80::1%eth0 5432']],
    ['postgres://u@%2Fvar%2Frun%2Fpostgresql/d', ['/var/run/postgresql 5432']],
    ['postgres://u@%2Fvar%2Frun%2Fpostgresql:6432/d', ['/var/run/postgresql 6432']],
    ['postgres://u@/d?host=/var/run/postgresql', ['/var/run/postgresql 5432']],
    ['postgres://u@localhost/d?host=/cloudsql/a:b:c', ['/cloudsql/a:b:c 5432']],
    ['postgres://u@/d?host=::1&port=6432', ['::1 6432']],
    ['postgres://u@a,b:6432,[::1]/d', ['a 5432', 'b 6432', '::1 5432']],
    ['postgres://u@/d?host=a,b&port=1,2', ['a 1', 'b 2']],
    ['postgres://u@/d?host=a,b&port=6432', ['a 6432', 'b 6432']],
  ])('%s names its hosts', (text, hosts) => {
    expect(hostsOf(text)).toEqual(hosts)
  })

  it.each([
    ['', { mode: 'prefer', rootCert: null }],
    ['sslmode=disable', { mode: 'disable', rootCert: null }],
    ['sslmode=require', { mode: 'require', rootCert: null }],
    ['ssl=true', { mode: 'require', rootCert: null }],
    ['sslmode=require&sslrootcert=/ca', { mode: 'verify-ca', rootCert: '/ca' }],
    ['sslmode=verify-ca&sslrootcert=/ca', { mode: 'verify-ca', rootCert: '/ca' }],
    ['sslmode=verify-full', { mode: 'verify-full', rootCert: null }],
    ['sslrootcert=system', { mode: 'verify-full', rootCert: 'system' }],
  ])('with "%s" has the TLS that PostgreSQL\'s own clients would have', (query, tls) => {
    expect(readDatabaseUrl(`postgres://u@h/d?${query}`).tls).toEqual({ ...tls, client: null })
  })

  it('names a client certificate with its key and the passphrase of the key', () => {
    const query = 'sslmode=require&sslcert=/c&sslkey=/k&sslpassword=hush'
    expect(readDatabaseUrl(`postgres://u@h/d?${query}`).tls.client).toEqual({
      cert: '/c',
      key: '/k',
      passphrase: 'hush',
    })
  })

  it.each([
    ['postgres://u:p@db.example.com/my%20db', 'db.example.com:5432/my db'],
    ['postgres://u:p@a,[::1]:6432/d', 'a:5432,[::1]:6432/d'],
    ['postgres://u:p@/d?host=/run/pg', '/run/pg/.s.PGSQL.5432 (d)'],
  ])('%s is described without its user and password', (text, described) => {
    expect(describeAddress(readDatabaseUrl(text))).toBe(described)
  })
})

describe('a mistake in a URL of a database', () => {
  it.each([
    ['mysql://u:hush@h/d', 'must be a URL such as postgres://user:password@host:5432/database'],
    ['postgres://', 'must be a URL such as'],
    ['u:hush@h/d', 'must be a URL'],
    ['postgres://u:hu/sh@h/d', 'has an @ behind its first slash, question mark or number sign'],
    ['postgres://u:hu?sh@h/d', 'has an @ behind its first'],
    ['postgres://u:hu#sh@h/d', 'has an @ behind its first'],
    ['postgres://u@h/d?password=hu#sh', 'has a number sign'],
    ['postgres://u@h/d?password=hu&sh=x', 'has a parameter that is none of host, port,'],
    ['postgres://u@h/d?password=hu&sh', 'has a parameter that is none of'],
    ['postgres://u@h/d?password=hu=sh', 'has the parameter password without one = and a value'],
    ['postgres://u:hu%sh@h/d', 'has a password with a stray percent sign'],
    ['postgres://u:hush%FF@h/d', 'has a password with a stray percent sign or bytes that are not UTF-8'],
    ['postgres://u:hush%00@h/d', 'has a password with the character %00'],
    ['postgres://u:hu\nsh@h/d', 'has a line break'],
    ['postgres://u:hush@::1/d', 'has an IPv6 address without its square brackets'],
    ['postgres://u:hush@a b/d', 'has a host that is no name'],
    ['postgres://u:hush@relative%2Ffolder/d', 'has a host that is no name'],
    ['postgres://u:hush', 'has a port that is no number from 1 to 65535'],
    ['postgres://u:hush@h:0/d', 'has a port that is no number'],
    ['postgres://u:hush@a,b/d?port=1,2,3', 'names more hosts than ports, or fewer'],
    ['postgres://u:hush@/d?host=/run,a', 'names several hosts, and one of them is the folder of a socket'],
    ['postgres://u:hush@h/d?sslmode=hush', 'has an sslmode that is none of disable, prefer, require,'],
    ['postgres://u:hush@h/d?sslmode=allow', 'has sslmode=allow, which is not supported'],
    ['postgres://u:hush@h/d?ssl=hush', 'has a parameter ssl other than ssl=true'],
    ['postgres://u:hush@h/d?sslmode=verify-ca', 'has sslmode=verify-ca without an sslrootcert'],
    ['postgres://u:hush@h/d?sslmode=require&sslrootcert=system', 'has sslrootcert=system, which needs'],
    ['postgres://u:hush@h/d?sslrootcert=/hush', 'has an sslrootcert or sslcert, which need an sslmode'],
    ['postgres://u:hush@h/d?sslmode=require&sslcert=/hush', 'has only a part of sslcert and sslkey'],
    ['postgres://u:hush@h/d?sslmode=require&sslmode=require', 'has the parameter sslmode twice'],
    ['postgres://u:hush@h/d?channel_binding=require', 'asks for a channel_binding that is not supported'],
    ['postgres://u:hush@h/d?target_session_attrs=standby', 'has a target_session_attrs that is none of any,'],
    [
      'postgres://u:hush@h/d?sslnegotiation=direct',
      'has the parameter sslnegotiation, which is not supported',
    ],
    ['postgres://u:hush@h/d?hostaddr=10.0.0.1', 'has the parameter hostaddr, which is not supported'],
  ])('%j is told by its part, and quotes nothing', (text, sentence) => {
    expect(mistakeOf(text)).toContain(sentence)
    expect(mistakeOf(text)).not.toMatch(/hush|\bhu\b|\bsh\b/)
  })

  it('never tells a piece of the password, whatever character in it was not encoded', () => {
    for (const character of '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ €') {
      for (const password of [`Qz${character}Xw`, `${character}QzXw`, `QzXw${character}`]) {
        for (const text of [`postgres://u:${password}@h/d`, `postgres://u@h/d?password=${password}`]) {
          const mistake = mistakeOf(text)
          if (mistake === 'none') expect(readDatabaseUrl(text)).toMatchObject({ password, database: 'd' })
          expect(mistake).not.toMatch(/Qz|Xw/)
        }
      }
    }
  })
})
