import { createSecretKey, randomBytes } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { signHs256, verifyHs256 } from './hs256.ts'

const key = createSecretKey(randomBytes(32))
const claims = { sub: 'ada', name: 'Łukasz 🔑', generation: 3, exp: 9_999_999_999 }
const token = signHs256(claims, { kid: 'one', key })

describe('a token signed with HS256', () => {
  it('verifies in another JWT library', async () => {
    expect(await jwtVerify(token, key, { algorithms: ['HS256'] })).toMatchObject({
      payload: claims,
      protectedHeader: { alg: 'HS256', kid: 'one', typ: 'JWT' },
    })
  })

  it('verifies under its own key, also when another library signed it', async () => {
    expect(verifyHs256(token, key)).toEqual(claims)
    const other = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key)
    expect(verifyHs256(other, key)).toEqual(claims)
  })

  it('is refused under another key', () => {
    expect(verifyHs256(token, createSecretKey(randomBytes(32)))).toBeNull()
  })

  it('is accepted in one spelling only', () => {
    const [header, payload, signature = ''] = token.split('.')
    const twin = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/')
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const same = last.indexOf(signature.at(-1) ?? '') ^ 1
    const spellings = [
      `${token}=`,
      `${token} `,
      `${token}\n`,
      ` ${token}`,
      `${header}.${payload}.${signature.slice(0, -1)}${last[same]}`,
      `${header}.${payload}.${twin(signature)}=`,
      `${header}.${payload}=.${signature}`,
      `${header}.${payload}.${signature.slice(0, 20)} ${signature.slice(20)}`,
      `${token}.`,
      `${token}.${signature}`,
      `${header}.${payload}`,
      `${header}.${payload}.`,
      '',
      '.',
      '..',
      signature,
    ]
    for (const spelling of spellings) expect(verifyHs256(spelling, key)).toBeNull()
  })

  it('is refused when its header names another algorithm, even with a matching signature', async () => {
    const header = Buffer.from('{"alg":"HS512"}').toString('base64url')
    const { createHmac } = await import('node:crypto')
    const input = `${header}.${token.split('.')[1]}`
    const signature = createHmac('sha256', key).update(input).digest('base64url')
    expect(verifyHs256(`${input}.${signature}`, key)).toBeNull()
  })
})
