import { expect, it } from 'vitest'
import { createTestSite } from '../../../../../tests/test-site.ts'
import { linkify } from './linkify.ts'
import { mailboxListPage } from './list-page.ts'
import { mailFrameDocument } from './mail-frame.ts'
import { mailboxMailPage } from './mail-page.ts'

const site = createTestSite()
const link = 'http://localhost:3000/registration/verification/abc_DEF-123/'
const mail = {
  id: 'a/b?c',
  to: 'ada@example.com',
  subject: 'Confirm your address',
  date: new Date('2026-03-01T10:20:30.456Z'),
  text: `Open ${link}\n`,
  html: '<!doctype html><html><head lang="en"><title>x</title></head><body>Hello</body></html>',
  kind: 'verification',
}

it.each([
  [link, link, ''],
  [`(${link})`, link, ')'],
  [`See ${link}.`, link, '.'],
  ['http://localhost:3000/a?b=1&c=2', 'http://localhost:3000/a?b=1&amp;c=2', ''],
])('a link in the text can be clicked: %s', async (text, address, after) => {
  expect(String(await linkify(text))).toMatch(
    new RegExp(`<a href="${literal(address)}">${literal(address)}</a>${literal(after)}$`),
  )
})

it.each(['javascript:alert(1)', 'javascript://x/%0aalert(1)', 'data:text/html,x', '<b>Ada</b>'])(
  '%s in a mail is shown as text',
  async (text) => {
    expect(String(await linkify(text))).not.toMatch(/<[ab]/)
  },
)

it('the list links to each mail, whatever characters its id has', async () => {
  const page = String(await mailboxListPage(site, [mail]))
  expect(page).toContain('<a href="/dev/mailbox/a%2Fb%3Fc/">Confirm your address</a>')
  expect(page).toContain('<time datetime="2026-03-01T10:20:30.456Z">2026-03-01 10:20:30 UTC</time>')
})

it('every page of the mailbox says that it is for development', async () => {
  for (const page of [
    mailboxListPage(site, []),
    mailboxListPage(site, [mail]),
    mailboxMailPage(site, mail),
  ]) {
    expect(String(await page)).toContain('Development only.')
  }
})

it('the HTML part is shown in a frame of its own, without scripts and without our origin', async () => {
  const page = String(await mailboxMailPage(site, mail))
  expect(page).toMatch(/<iframe src="\/dev\/mailbox\/a%2Fb%3Fc\/html\/" title="[^"]+" sandbox="[^"]+">/)
  expect(page).not.toMatch(/allow-scripts|allow-same-origin/)
})

it.each([
  [mail.html, '<!doctype html><html><head lang="en"><base target="_top"><title>x'],
  ['<p>Hello</p>', '<!doctype html><base target="_top"><p>Hello</p>'],
])('links of the HTML part open in the whole window', (html, start) => {
  expect(mailFrameDocument({ ...mail, html })).toMatch(new RegExp(`^${literal(start)}`))
})

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
