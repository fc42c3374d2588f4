import { findCircles, findComponents } from './find-circles.ts'
import type { House } from './houses.ts'
import type { Imports } from './read-imports.ts'

/** An import from one room to another. */
export interface Arrow {
  from: string
  to: string
}

/** The shape of a house, as its imports make it. */
export interface Drawing {
  /** Folders and single files directly below the house's folder, or below one of its areas. */
  rooms: number
  /** The number of rooms on the longest way down. */
  floors: number
  /** Pairs of rooms of which one imports the other. */
  arrows: number
  /** Imports that lead to a higher floor, or from one area to another. */
  upward: Arrow[]
  /** Rings of files that import one another. */
  circles: string[][]
}

/** Computes the drawing of a house from its imports. */
export function drawHouse(house: House, imports: Imports): Drawing {
  const rooms = groupRooms(house, imports)
  const files = [...imports].flatMap(([from, targets]) => targets.map((to) => ({ from, to })))
  return {
    rooms: rooms.size,
    floors: countFloors(rooms),
    arrows: [...rooms.values()].reduce((sum, targets) => sum + targets.length, 0),
    upward: files.filter((arrow) => isUpward(house, arrow)),
    circles: findCircles(imports),
  }
}

function groupRooms(house: House, imports: Imports): Map<string, string[]> {
  const rooms = new Map<string, Set<string>>()
  for (const [from, targets] of imports) {
    const room = roomOf(house, from)
    const known = rooms.get(room) ?? new Set<string>()
    for (const target of targets) if (roomOf(house, target) !== room) known.add(roomOf(house, target))
    rooms.set(room, known)
  }
  return new Map([...rooms].map(([room, targets]) => [room, [...targets]]))
}

function roomOf({ areas = [], floors }: House, file: string): string {
  const [first = '', second = ''] = file.split('/')
  const inner = `${first}/${second}`
  return areas.includes(first) || floors.some((names) => names.includes(inner)) ? inner : first
}

function countFloors(rooms: ReadonlyMap<string, readonly string[]>): number {
  const heights = new Map<string, number>()
  for (const component of findComponents(rooms)) {
    const below = component
      .flatMap((room) => rooms.get(room) ?? [])
      .filter((room) => !component.includes(room))
    const height = 1 + Math.max(0, ...below.map((room) => heights.get(room) ?? 0))
    for (const room of component) heights.set(room, height)
  }
  return Math.max(0, ...heights.values())
}

function isUpward(house: House, { from, to }: Arrow): boolean {
  if (house.floors.length === 0) return false
  const [low, high] = [floorOf(house, to), floorOf(house, from)]
  if (low !== high) return low > high
  const [area = ''] = from.split('/')
  return (house.areas ?? []).includes(area) && roomOf(house, from) !== roomOf(house, to)
}

/** @throws when a file lies on no floor; a new folder needs an entry in `houses.ts` */
function floorOf({ folder, floors }: House, file: string): number {
  const [first = '', second = ''] = file.replace(/\.tsx?$/, '').split('/')
  const findFloor = (name: string) => floors.findIndex((names) => names.includes(name))
  const inner = findFloor(`${first}/${second}`)
  const floor = inner < 0 ? findFloor(first) : inner
  if (floor < 0)
    throw new Error(`${folder}/${file} lies on no floor; give "${first}" one in tooling/house/src/houses.ts.`)
  return floor
}
