import { expect, it } from 'vitest'
import { createAttemptCookies } from './attempt-cookies.ts'

const marks = Array.from({ length: 9 }, (_, index) => `mark-${index}`)
const cookies = createAttemptCookies('http://localhost:3000', 600)
const secure = createAttemptCookies('https://auth.example.com', 600)

/** The browser has these cookies, and begins an attempt. */
function begin(held: string[], mark: string): string[] {
  const request = new Headers({ cookie: held.map((name) => `${name}=secret`).join('; ') })
  const reply = new Headers()
  cookies.set({ request, reply }, { mark, secret: 'new' })
  return reply.getSetCookie().map((line) => line.slice(0, line.indexOf(';')))
}

it('the ninth attempt forgets the oldest, and no cookie of anything else', () => {
  const others = Array.from({ length: 9 }, (_, index) => `other-${index}`)
  const held = [...others, ...marks.slice(0, 8).map((mark) => `lk-${mark}`)]
  expect(begin(held, 'mark-8')).toEqual(['lk-mark-0=', 'lk-mark-8=new'])
})

it('eight attempts forget none, also when one of them begins again', () => {
  const held = marks.slice(0, 8).map((mark) => `lk-${mark}`)
  expect(begin(held.slice(0, 7), 'mark-7')).toEqual(['lk-mark-7=new'])
  expect(begin(held.slice(0, 5), 'mark-7')).toEqual(['lk-mark-7=new'])
  expect(begin(held, 'mark-7')).toEqual(['lk-mark-7=new'])
})

it('an attempt is read by its whole name', () => {
  const request = new Headers({ cookie: 'lk-mark-1=one; lk-mark-10=ten; mark-2=two; lk-mark-3=' })
  const read = ['mark-1', 'mark-10', 'mark-2', 'mark-3'].map((mark) => cookies.read(request, mark))
  expect(read).toEqual(['one', 'ten', null, null])
  expect(cookies.read(new Headers(), 'mark-1')).toBeNull()
  expect(secure.read(request, 'mark-1')).toBeNull()
})

it('over https no neighbour can plant one, and no script reads one', () => {
  const [reply, plain] = [new Headers(), new Headers()]
  secure.set({ request: new Headers(), reply }, { mark: 'mark-1', secret: 'new' })
  secure.clear(reply, 'mark-1')
  cookies.clear(plain, 'mark-1')
  const rest = 'Path=/; HttpOnly; Secure; SameSite=Lax'
  expect(reply.getSetCookie()).toEqual([
    `__Host-lk-mark-1=new; Max-Age=600; ${rest}`,
    `__Host-lk-mark-1=; Max-Age=0; ${rest}`,
  ])
  expect(plain.getSetCookie()).toEqual(['lk-mark-1=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
})
