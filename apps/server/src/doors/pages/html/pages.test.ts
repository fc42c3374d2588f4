import { describe, expect, it } from 'vitest'
import { listPageShapes } from '../../../../tests/page-shapes.ts'
import { createTestSite } from '../../../../tests/test-site.ts'
import * as pages from './index.ts'

const HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' style='x"
const SHAPES = listPageShapes({
  text: HOSTILE,
  errors: { new_password1: [HOSTILE], new_password2: [HOSTILE], [HOSTILE]: [HOSTILE] },
})

it('every exported page is tested here', () => {
  const exported = Object.keys(pages).filter((name) => name.endsWith('Page'))
  const tested = new Set(Object.keys(SHAPES).map((name) => name.split(' ')[0]))
  expect([...tested].sort()).toEqual(exported.sort())
})

describe.each(Object.entries(SHAPES))('%s', (_name, render) => {
  const tags = async () => [...String(await render()).matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag)

  it('escapes the values it is given', async () => {
    const page = String(await render())
    expect(page).not.toContain('<script>')
    expect(page).not.toContain('<img')
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)')
  })

  it('has no inline script, handler or style, which its policy would refuse', async () => {
    for (const tag of await tags()) {
      // Quoted values are removed first, because escaped text in them may look like an attribute.
      const attributes = tag.replace(/"[^"]*"/g, '""')
      expect(attributes).not.toMatch(/<style|\son[a-z]+=|\sstyle=|\ssrcdoc=/)
      if (tag.startsWith('<script')) expect(tag).toMatch(/^<script src="\/auth\/assets\/[^"]+" defer>$/)
    }
  })

  it('links and loads only from this site and its base path', async () => {
    for (const tag of await tags()) {
      for (const [, address] of tag.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) {
        expect(address).toMatch(/^(\/auth\/|#|data:image\/svg\+xml,)/)
        expect(address).not.toContain('..//')
      }
    }
  })

  it('is one document with a language, a title, one main landmark and one heading', async () => {
    const page = String(await render())
    expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/)
    expect(page).toMatch(/<title>[^<]+<\/title>/)
    expect(page.match(/<main>/g)).toHaveLength(1)
    expect(page.match(/<h1>/g)).toHaveLength(1)
  })

  it('labels every input, and each description of an input exists once', async () => {
    const page = String(await render())
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [input] of page.matchAll(/<input (?!type="hidden")[^>]*>/g)) {
      expect(page).toContain(`<label for="${/id="([^"]+)"/.exec(input)?.[1]}">`)
    }
    for (const [, list] of page.matchAll(/\saria-(?:describedby|labelledby)="([^"]+)"/g)) {
      for (const id of (list ?? '').split(' ')) expect(ids).toContain(id)
    }
  })
})

const BRAND = {
  name: 'Orchard',
  logoUrl: 'http://localhost/assets/logo-1.svg',
  color: '#6d28d9',
  supportUrl: 'https://example.com/help',
  appUrl: 'https://app.example.com/',
}
const listShapesAt = (site: pages.Site) => Object.entries(listPageShapes({ text: 'x', errors: {}, site }))
/** The pages for developers, which are in English and lead where developers go. */
const isForPeople = ([name]: [string, unknown]) => !/^(?:mailbox|noPortal)/.test(name)

describe.each(listShapesAt(createTestSite({ brand: BRAND, portalServed: true })))(
  '%s of an operator',
  (_name, render) => {
    it('has the name, the logo, the colour and the way to help', async () => {
      const page = String(await render())
      expect(page).toMatch(/<title>[^<]*Orchard<\/title>/)
      expect(page).toContain('<img class="logo" src="/assets/logo-1.svg" alt=""><bdi>Orchard</bdi>')
      expect(page).toContain('<link rel="icon" href="/assets/logo-1.svg">')
      expect(page.match(/<link rel="stylesheet"/g)).toHaveLength(2)
      expect(page).toContain('<a href="https://example.com/help">Contact support</a>')
      expect(page).not.toContain('Latchkey')
    })
  },
)

it('the name of the operator as a heading has its own direction, and is in the title once', async () => {
  const site = createTestSite({ brand: { ...BRAND, name: 'Orchard Inc.' }, language: 'ar' })
  const page = String(await pages.homePage(site, { forDevelopers: null }))
  expect(page).toContain('<h1><bdi>Orchard Inc.</bdi></h1>')
  expect(page).toContain('<title>Orchard Inc.</title>')
})

describe('every page for people leads on', () => {
  it.each(listShapesAt(createTestSite({ brand: BRAND, portalServed: true })).filter(isForPeople))(
    '%s to the portal, in the language that was asked for, or to its form',
    async (_name, render) => expect(String(await render())).toMatch(/href="\/account\/[a-z-]+"|<form /),
  )

  it.each(listShapesAt(createTestSite({ brand: BRAND })).filter(isForPeople))(
    '%s to the app, or to its form',
    async (_name, render) =>
      expect(String(await render())).toMatch(/href="https:\/\/app\.example\.com\/"|<form /),
  )
})

describe.each([
  ['ar', 'rtl'],
  ['pt-BR', 'ltr'],
  ['ar-XB', 'rtl'],
])('?lang=%s', (language, direction) => {
  const site = createTestSite({ language, portalServed: true })

  it.each(listShapesAt(site).filter(isForPeople))(
    'is kept by the links and forms of %s',
    async (_name, render) => {
      const page = String(await render())
      const addresses = [...page.matchAll(/\s(?:href|action|data-clean-path)="(\/[^"]*)"/g)].map(
        ([, one = '']) => one,
      )
      for (const address of addresses.filter((one) => !/^\/(?:assets|docs)/.test(one)))
        expect(address).toContain(`?lang=${language}`)
    },
  )

  it('says the direction of its text', async () => {
    if (site.t.language !== language) return
    expect(String(await pages.notFoundPage(site))).toContain(`<html lang="${language}" dir="${direction}">`)
  })
})
