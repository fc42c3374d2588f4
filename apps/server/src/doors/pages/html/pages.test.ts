import { describe, expect, it } from 'vitest'
import { listPageShapes } from '../../../../tests/page-shapes.ts'
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
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(page).toMatch(/<title>[^<]+ · [^<]+<\/title>/)
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
