import { readFileSync } from 'node:fs'

// Loaded before a program: moves its clock by as many seconds as a file says, as an operator does who sets it.
const { now } = Date
const RealDate = Date
const shift = () => Number(readFileSync(process.env.CLOCK_SHIFT_FILE, 'utf8')) * 1000

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now() + shift()] : parts))
  }
  static now() {
    return now() + shift()
  }
}
