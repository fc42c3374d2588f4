import { isId } from '../../words/ids.ts'
import type { SourceKeyType } from '../records.ts'

const INTEGER = /^-?(?:0|[1-9]\d{0,18})$/

/** Returns what keys are, when all of them are the same. */
export function findKeyType() {
  let [keys, uuids, integers] = [0, 0, 0]
  return {
    see(key: string): void {
      keys++
      if (isId(key)) uuids++
      else if (INTEGER.test(key)) integers++
    },
    type: (): SourceKeyType =>
      keys > 0 && uuids === keys ? 'uuid' : keys > 0 && integers === keys ? 'integer' : 'text',
  }
}
