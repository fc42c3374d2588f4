import { setFlagsFromString } from 'node:v8'

/**
 * V8 lets its heap grow before it looks for garbage, and nearly all of a stream of rows is garbage. An import of 60,000
 * users took 280 MiB, of which 35 MiB were in use.
 */
const FLAGS = [
  // The space of young objects stays as large as it is.
  '--semi-space-growth-factor=1',
  // The old objects are collected when they have grown by a half.
  '--heap-growing-percent=50',
]

/** Makes this process collect its garbage early, for the rest of its life. V8 reads these flags at each collection. */
export function spareMemory(): void {
  for (const flag of FLAGS) setFlagsFromString(flag)
}
