import { describe, expect, it } from 'vitest'
import { toAsciiDomain } from './domain.ts'
import { isEmailAddress, isKnownAddress, normalizeEmail } from './email.ts'

describe('toAsciiDomain', () => {
  it.each([
    ['Example.COM', 'example.com'],
    ['localhost', 'localhost'],
    ['under_score.example', 'under_score.example'],
    ['ab--cd.example', 'ab--cd.example'],
    ['Bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['例子。中国', 'xn--fsqu00a.xn--fiqs8s'],
    ['пример.рф', 'xn--e1afmkfd.xn--p1ai'],
    ['☃.example', 'xn--n3h.example'],
  ])('writes %s as %s', (domain, ascii) => {
    expect(toAsciiDomain(domain)).toBe(ascii)
    expect(toAsciiDomain(ascii)).toBe(ascii)
  })

  it.each([
    'bü_cher.example',
    'bü cher.example',
    'bü%63her.example',
    'bücher.example/',
    'bücher.example:25',
    'bü@cher.example',
    '-bücher.example',
    'bücher-.example',
    'bü--cher.xn--example',
    'ab--ü.example',
    'bücher..example',
    'bücher.example.',
    'xn--.example',
    'xn--a.example',
    'xn--bcher-.example',
    '\u0301a.example',
    'אa.example',
    `${'ü'.repeat(64)}.example`,
    `${'ü.'.repeat(60)}example`,
    '⒈x.example',
  ])('has no A-labels for %j', (domain) => {
    expect(toAsciiDomain(domain)).toBeNull()
  })
})

/** The characters of Unicode that pass a test. */
function listCharacters(test: (character: string, code: number) => boolean): string[] {
  const found: string[] = []
  for (let code = 0x21; code < 0xf0000; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const character = String.fromCodePoint(code)
    if (test(character, code)) found.push(character)
  }
  return found
}

describe('an address', () => {
  it('with an invisible or unassigned code point is refused, wherever it stands and however it is written', () => {
    // Most code points have no meaning yet. Of those beyond the first plane, each hundredth is enough.
    const refused = listCharacters(
      (character, code) =>
        /\p{Default_Ignorable_Code_Point}/u.test(character) ||
        ((code < 0x10000 || code % 100 === 0) && /\p{Cn}/u.test(character)),
    )
    const accepted: string[] = []
    for (const character of refused) {
      for (const address of [`a${character}da@example.com`, `ada@exa${character}mple.com`]) {
        const stored = normalizeEmail(address)
        if (isEmailAddress(stored) || isKnownAddress(stored)) accepted.push(address)
      }
    }
    expect(refused.length).toBeGreaterThan(4000)
    expect(accepted).toEqual([])
  })

  it('has one form: whatever is accepted is stored as it would be stored again', () => {
    const folded = listCharacters(
      (character) =>
        character.normalize('NFKC') !== character ||
        character.toLowerCase() !== character ||
        /\p{M}/u.test(character),
    )
    const unstable: string[] = []
    for (const character of folded) {
      for (const address of [`a${character}\u0323\u0301@example.com`, `ada@a${character}.example`]) {
        const stored = normalizeEmail(address)
        if (isKnownAddress(stored) && normalizeEmail(stored) !== stored) unstable.push(address)
      }
    }
    expect(unstable).toEqual([])
  })
})
