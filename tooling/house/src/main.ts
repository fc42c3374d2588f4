import { existsSync } from 'node:fs'
import { countFiles, FILE_BARS } from './count-files.ts'
import { drawHouse } from './draw-house.ts'
import { HOUSES } from './houses.ts'
import { measureCode } from './measure-code.ts'
import { readImports } from './read-imports.ts'

// Prints the figures of each house. The exit code is 1 when a figure is over its limit.
const missed: string[] = []

function hold(name: string, value: number, bar: number): string {
  if (value > bar) missed.push(`${name} is ${value}; at most ${bar}`)
  return `${value}`.padStart(6)
}

console.log('house                            rooms floors arrows upward circles')
for (const house of HOUSES.filter(({ folder }) => existsSync(folder))) {
  const { rooms, floors, arrows, upward, circles } = drawHouse(house, readImports(house.folder))
  const plain = [rooms, floors, arrows].map((value) => `${value}`.padStart(6)).join(' ')
  const held = `${hold(`${house.folder}: upward arrows`, upward.length, 0)} ${hold(`${house.folder}: circles`, circles.length, 0)}`
  console.log(`${house.folder.padEnd(32)} ${plain} ${held}`)
  for (const { from, to } of upward) console.log(`  upward: ${from} imports ${to}`)
  for (const circle of circles) console.log(`  circle: ${circle.join(', ')}`)
}

const size = measureCode(['apps', 'packages'])
console.log(`
file lines, p90                  ${hold('file lines, p90', size.fileP90, 120)}   at most 120
function lines, median           ${hold('function lines, median', size.functionMedian, 12)}   at most  12
function lines, p90              ${hold('function lines, p90', size.functionP90, 35)}   at most  35
functions over 50 lines, %       ${hold('functions over 50 lines', size.functionsOver50, 3)}   at most   3`)

console.log('\nhand-written files per            median  bar highest')
for (const [kind, { median, highest, highestName }] of Object.entries(countFiles('.'))) {
  const bar = FILE_BARS[kind as keyof typeof FILE_BARS]
  const held = hold(`hand-written files per ${kind}, median`, median, bar)
  console.log(
    `${kind.padEnd(32)} ${held} ${`${bar}`.padStart(5)} ${`${highest}`.padStart(7)} (${highestName})`,
  )
}
for (const sentence of missed) console.error(`missed: ${sentence}`)
process.exitCode = missed.length > 0 ? 1 : 0
