import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawHouse } from '../src/draw-house.ts'
import { findCircles } from '../src/find-circles.ts'
import { HOUSES, type House } from '../src/houses.ts'
import { readImports } from '../src/read-imports.ts'

const ROOT = join(import.meta.dirname, '../../..')
const SMALL: House = {
  folder: 'small',
  floors: [['words'], ['tables'], ['operations']],
  areas: ['operations'],
}

describe.each(HOUSES)('the files of $folder', (house) => {
  const drawing = drawHouse(house, readImports(join(ROOT, house.folder)))

  it('lie in more than one room', () => {
    expect(drawing.rooms).toBeGreaterThan(1)
  })

  it('import only their own floor and lower floors', () => {
    expect(drawing.upward).toEqual([])
  })

  it('import one another without a circle', () => {
    expect(drawing.circles).toEqual([])
  })
})

describe('a drawing', () => {
  it('names an import that leads to a higher floor', () => {
    const imports = new Map([
      ['words/ids.ts', ['tables/users.ts']],
      ['tables/users.ts', []],
    ])
    expect(drawHouse(SMALL, imports).upward).toEqual([{ from: 'words/ids.ts', to: 'tables/users.ts' }])
  })

  it('names an import from one area to another, and no import within an area', () => {
    const imports = new Map([
      ['operations/auth/login.ts', ['operations/auth/logout.ts', 'operations/user/get.ts']],
      ['operations/auth/logout.ts', ['words/ids.ts']],
      ['operations/user/get.ts', []],
      ['words/ids.ts', []],
    ])
    const { rooms, floors, arrows, upward } = drawHouse(SMALL, imports)
    expect(upward).toEqual([{ from: 'operations/auth/login.ts', to: 'operations/user/get.ts' }])
    expect({ rooms, floors, arrows }).toEqual({ rooms: 3, floors: 2, arrows: 2 })
  })

  it('gives a folder in a folder a floor of its own, if one is declared', () => {
    const house: House = { folder: 'doors', floors: [['pages/html'], ['http'], ['pages']] }
    const imports = new Map([
      ['http/server.ts', ['pages/html/page.ts', 'pages/view.ts']],
      ['pages/view.ts', ['http/server.ts']],
      ['pages/html/page.ts', []],
    ])
    const { rooms, upward } = drawHouse(house, imports)
    expect(upward).toEqual([{ from: 'http/server.ts', to: 'pages/view.ts' }])
    expect(rooms).toBe(3)
  })

  it('refuses a file without a declared floor', () => {
    const imports = new Map([
      ['attic/box.ts', ['words/ids.ts']],
      ['words/ids.ts', []],
    ])
    expect(() => drawHouse(SMALL, imports)).toThrow('attic/box.ts lies on no floor')
  })

  it('finds every circle; two ways that meet again are no circle', () => {
    const imports = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', ['e']],
      ['e', ['d']],
      ['f', ['g']],
      ['g', ['h']],
      ['h', ['f', 'a']],
    ])
    expect(findCircles(imports).map((circle) => circle.toSorted())).toEqual([
      ['d', 'e'],
      ['f', 'g', 'h'],
    ])
  })
})
