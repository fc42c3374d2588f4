import { describe, expect, it } from 'vitest'
import { createCookies } from './cookies.ts'

const RESET = { httpOnly: true, secure: true, sameSite: 'Lax', maxAgeSeconds: 60 } as const

function cookiesOf(basePath = '') {
  return createCookies({
    publicUrl: 'https://auth.example.com',
    basePath,
    cookiePrefix: '',
    resetCookie: RESET,
    refreshCookie: { secure: true, sameSite: 'Strict', path: '/token/' },
    refreshTokenLifetimeSeconds: 120,
  })
}

function attributesOf(set: (reply: Headers) => void): string[] {
  const reply = new Headers()
  set(reply)
  return reply.getSetCookie().flatMap((line) => line.split('; '))
}

describe('the cookie of an opened reset link', () => {
  it('is for the whole host, or for the path of PUBLIC_URL', () => {
    expect(attributesOf((reply) => cookiesOf().reset.set(reply, 'x'))).toContain('Path=/')
    expect(attributesOf((reply) => cookiesOf('/auth').reset.set(reply, 'x'))).toContain('Path=/auth')
  })

  it('has the attributes of the settings, and loses only its life when it is removed', () => {
    const kept = ['HttpOnly', 'Secure', 'SameSite=Lax']
    expect(attributesOf((reply) => cookiesOf().reset.set(reply, 'x'))).toEqual(
      expect.arrayContaining([...kept, 'Max-Age=60']),
    )
    expect(attributesOf((reply) => cookiesOf().reset.clear(reply))).toEqual(
      expect.arrayContaining([...kept, 'Max-Age=0']),
    )
  })
})

describe('the cookie of the refresh token', () => {
  it('is HttpOnly, and has the path of the settings', () => {
    expect(attributesOf((reply) => cookiesOf().refresh?.set(reply, 'x'))).toEqual(
      expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/token/', 'Max-Age=120']),
    )
  })
})

describe('the values of a cookie', () => {
  const { reset } = cookiesOf()
  const [name = ''] = attributesOf((reply) => reset.set(reply, 'x'))[0]?.split('=') ?? []
  const read = (cookie: string) => reset.readAll(new Headers({ cookie }))

  it.each([
    ['an empty one', `${name}=`, []],
    ['an empty one in quotes', `${name}=""`, []],
    ['the name alone', name, []],
    ['the name alone, behind which another begins', `${name}; other=1`, []],
    ['a longer name', `${name}x=1; x${name}=2`, []],
    ['a longer name alone', `${name}x`, []],
    ['one in quotes', `${name}="a=b"`, ['a=b']],
    ['one among blanks', ` other=0 ;  ${name} = a `, ['a']],
    ['the same one twice', `${name}=a; ${name}=a; ${name}=b`, ['a', 'b']],
    ['more than four', [1, 2, 3, 4, 5].map((value) => `${name}=${value}`).join('; '), ['1', '2', '3', '4']],
  ])('%s', (_case, cookie, values) => {
    expect(read(cookie)).toEqual(values)
  })

  it('are none without a cookie', () => {
    expect(reset.readAll(new Headers())).toEqual([])
  })
})
