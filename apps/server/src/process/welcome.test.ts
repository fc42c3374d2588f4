import { expect, it } from 'vitest'
import { loadConfig } from './config/index.ts'
import { describeReadiness, describeWelcome } from './welcome.ts'

const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  SECRET_KEY: 'q8Zr1xUuVnH2kYw7sT4eJ0aLm9PcD3fGbN6iRoKtWlE=',
  DATABASE_URL: 'postgres://latchkey:pw@db.example.com:5432/latchkey',
  MAIL: 'off',
}
const welcome = (env: Record<string, string>) => describeWelcome(loadConfig(env).config, 4000)

it('the first lines in development name every page, the mailbox and a first command', () => {
  const text = welcome({ HOST: '0.0.0.0' })
  for (const path of ['', '/account/', '/docs', '/dev/mailbox', '/registration/']) {
    expect(text).toContain(` http://localhost:4000${path}`)
  }
  expect(text).toContain('Try it:')
})

it('the first lines name no mailbox when mail is sent or off', () => {
  expect(welcome({ MAIL: 'off' })).not.toContain('ailbox')
  expect(welcome({ SMTP_URL: 'smtp://mail.example.com' })).not.toContain('ailbox')
})

it('the first lines in production name the pages at the public address, and no command that makes an account', () => {
  const text = welcome(PRODUCTION)
  expect(text).toContain('Latchkey is ready at http://localhost:4000\n')
  for (const path of ['', '/account/', '/docs']) expect(text).toContain(` https://auth.example.com${path}\n`)
  expect(text).not.toMatch(/try it|curl|registration/i)
})

it('the log of a production names the address of the process and the public one', () => {
  expect(describeReadiness(loadConfig(PRODUCTION).config, 4000)).toEqual({
    address: 'http://localhost:4000',
    message: 'Latchkey is ready at http://localhost:4000 for https://auth.example.com',
  })
})

it('the first lines warn last of a public address outside of production, and of nothing on this machine', () => {
  const text = welcome({ PUBLIC_URL: 'https://auth.example.com', HOST: '0.0.0.0' })
  expect(text.match(/WARNING: (?:HOST|PUBLIC_URL)=/g)).toHaveLength(2)
  expect(text.indexOf('WARNING')).toBeGreaterThan(text.indexOf('Try it:'))
  expect(welcome({}) + welcome(PRODUCTION)).not.toContain('WARNING')
})
