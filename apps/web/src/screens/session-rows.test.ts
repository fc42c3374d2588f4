import type { SessionInfo } from '@latchkey/client'
import { expect, it } from 'vitest'
import { mergeRows } from './session-rows.ts'

function session(id: string, seenAt: string, current = false): SessionInfo {
  const at = `2026-03-01T${seenAt}:00Z`
  const device = { ip: null, browser: null, os: null, device: null }
  return { id, current, created_at: at, last_seen_at: at, ...device } as SessionInfo
}

const print = (rows: ReturnType<typeof mergeRows>) =>
  rows.map((row) => `${row.session.id}${row.hasEnded ? ' ended' : ''}`)

it('this device comes first, then the device that was seen last', () => {
  const rows = mergeRows([], [session('a', '10:00'), session('b', '09:00', true), session('c', '11:00')])
  expect(print(rows)).toEqual(['b', 'c', 'a'])
})

it('an ended session keeps its row, so that no other session takes that place', () => {
  const [a, b, c] = [session('a', '11:00', true), session('b', '10:00'), session('c', '09:00')]
  const rows = mergeRows(mergeRows([], [a, b, c]), [a, c])
  expect(print(rows)).toEqual(['a', 'b ended', 'c'])
  expect(print(mergeRows(rows, [a]))).toEqual(['a', 'b ended', 'c ended'])
})

it('a new session comes last, also when it was seen last', () => {
  const [a, b] = [session('a', '10:00', true), session('b', '09:00')]
  expect(print(mergeRows(mergeRows([], [a, b]), [session('new', '11:00'), a, b]))).toEqual(['a', 'b', 'new'])
})
