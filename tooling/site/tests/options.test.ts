import { describe, expect, it } from 'vitest'
import { readOptions } from '../src/options.ts'

describe('the words of npm run docs', () => {
  it('serve at the root of port 4173 without any', () => {
    expect(readOptions([])).toMatchObject({ task: 'serve', base: '/', port: 4173 })
  })

  it.each(['latchkey', '/latchkey', '/latchkey/', '//latchkey//'])('build for the path %s', (base) => {
    const options = readOptions(['build', '--base', base, '--out', '/tmp/site'])
    expect(options).toMatchObject({ task: 'build', base: '/latchkey/', folder: '/tmp/site' })
  })

  it.each([['publish'], ['build', 'all'], ['--port', 'http'], ['--port', '65536'], ['--colour', 'red']])(
    'are refused when they are not understood: %s %s',
    (...words) => expect(() => readOptions(words.filter(Boolean))).toThrow(),
  )
})
