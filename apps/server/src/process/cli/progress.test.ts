import { describe, expect, it } from 'vitest'
import { showProgress } from './progress.ts'

function follow(isTTY: boolean, total: number): string {
  let shown = ''
  const show = showProgress('sealed anew', {
    isTTY,
    write: (text) => {
      shown += text
    },
  })
  for (let done = 1; done <= total; done++) show({ done, total })
  return shown
}

describe('the progress of a long work', () => {
  it('is a line for each tenth where there is no terminal, with count and rate', () => {
    const lines = follow(false, 1000).trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[0]).toMatch(/^sealed anew 100 of 1000, \d+ per second$/)
    expect(lines.at(-1)).toMatch(/^sealed anew 1000 of 1000, /)
  })

  it('is one bar on a terminal, which is full at the end', () => {
    const shown = follow(true, 1000)
    expect(shown).toMatch(/\r\[#{20}\] sealed anew 1000 of 1000, \d+ per second\n$/)
    expect(shown.match(/\n/g)).toHaveLength(1)
  })

  it('is told for few things too', () => {
    expect(follow(false, 1)).toMatch(/^sealed anew 1 of 1, /)
  })
})
