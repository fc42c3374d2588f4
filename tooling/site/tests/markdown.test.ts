import { describe, expect, it } from 'vitest'
import { nameAnchor, nameEarly } from '../src/markdown.ts'

describe('a diagram', () => {
  it('has the text of a box where it is first named, and nowhere else', () => {
    const source = 'flowchart TB\na["One"] --> b\nb["Two, of a"] --> a\nb --> c'
    expect(nameEarly(source)).toBe('flowchart TB\na["One"] --> b["Two, of a"]\nb --> a\nb --> c')
  })

  it('begins with its groups, and keeps their titles and the texts of arrows', () => {
    const group = 'subgraph g["A group"]\n  y["Why"] --> x\nend'
    const arrows = 'x -. "made from y" .-> y\nx --> g'
    expect(nameEarly(`flowchart TB\n${arrows}\n${group}\n`)).toBe(`flowchart TB\n${group}\n${arrows}\n`)
  })
})

it.each([
  ['`DATABASE_URL`', 'database_url'],
  ['1. Define the operation', '1-define-the-operation'],
  ['`GET /user/`, `PATCH /user/`', 'get-user-patch-user'],
  ['What is generated or tested without a change', 'what-is-generated-or-tested-without-a-change'],
])('the heading %s has the anchor %s, as on a forge', (heading, anchor) => {
  expect(nameAnchor(heading)).toBe(anchor)
})
