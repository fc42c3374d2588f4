import { readdirSync } from 'node:fs'
import { readPage } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'

const FOLDER = new URL('../../../docs/decisions/', import.meta.url)
const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md')
const read = (name: string) => readPage(`docs/decisions/${name}`)

describe('the index of decisions', () => {
  it('has one line for every page, with its number and title, and no other line', () => {
    const titles = pages.map((name) => {
      const [, number, title] = /^# (\d{3}):? (.+)$/m.exec(read(name)) ?? []
      return `[${number} ${title}](${name})`
    })
    const lines = read('README.md').match(/^- .*$/gm) ?? []
    expect(lines.map((line) => /^- (\[.+\]\([\w.-]+\)): /.exec(line)?.[1]).sort()).toEqual(titles.sort())
  })
})

describe.each(pages)('%s', (name) => {
  it('has a number, a date, and the three sections of a decision', () => {
    const page = read(name)
    expect(page).toMatch(new RegExp(`^# ${name.slice(0, 3)}:? `))
    expect(page.split('\n')[2]).toMatch(/\b2026\b/)
    expect(page.match(/^## .*$/gm)).toEqual(['## Context', '## Decision', '## Consequences'])
  })
})
