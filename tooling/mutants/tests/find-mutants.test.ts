import { describe, expect, it } from 'vitest'
import { applyMutant, findMutants, nameMutant } from '../src/find-mutants.ts'

/** Writes every mutant of one kind of a text. */
function mutate(text: string, kind: string): string[] {
  const mutants = findMutants('guard.ts', text).filter((mutant) => mutant.kind === kind)
  return mutants.map((mutant) => applyMutant(text, mutant))
}

describe('a mutant', () => {
  it.each([
    ['condition', 'if (isOld) throw new Error()', ['if (false) throw new Error()']],
    ['condition', 'f(a ? b : c)', ['f(false ? b : c)', 'f(true ? b : c)']],
    ['operand', 'f(a && b)', ['f(b)', 'f(a)']],
    ['operand', 'f(a || b)', ['f(b)', 'f(a)']],
    ['operand', 'f(a && b && c)', ['f(b && c)', 'f(a && c)', 'f(a && b)']],
    ['comparison', 'f(count > limit)', ['f(count <= limit)']],
    ['comparison', 'f(role === owner)', ['f(role !== owner)']],
    ['negation', 'f(!isActive)', ['f(isActive)']],
    ['call', 'await countCall(core)', [';']],
    ['call', 'ctx.requireSameSite(request)', [';']],
    ['throw', 'f(); throw new Error()', ['f(); ;']],
    ['lock', "f(select(users).for('update'))", ['f(select(users))']],
    ['term', 'f(select(users).where(isMine))', ['f(select(users))']],
    ['term', 'f(and(isMine, isActive))', ['f(and(undefined, isActive))', 'f(and(isMine, undefined))']],
    ['term', 'f(select(users).limit(10))', ['f(select(users))']],
    ['flag', 'f({ httpOnly: true })', ['f({ httpOnly: false })']],
    ['sameSite', "f({ sameSite: 'Lax' })", ["f({ sameSite: 'None' })"]],
    ['term', 'f(or(...mine, isActive))', ['f(or(...[], isActive))', 'f(or(...mine, undefined))']],
    ['bound', 'f(Math.min(asked, 100))', ['f(asked)', 'f(100)']],
    [
      'answer',
      'function isMine() { return a }',
      ['function isMine() { return true }', 'function isMine() { return false }'],
    ],
  ])('of the kind %s changes `%s`', (kind, text, expected) => {
    expect(mutate(text, kind)).toEqual(expected)
  })

  it.each([
    ['a type', 'interface Flags { isOn: true }'],
    ['a line of the log', "ctx.log.warn('late')"],
    ['the only statement of a condition, which goes with the condition', 'if (a) { throw new Error() }'],
    ['an equality that is a whole condition', 'if (a === b) f = 1'],
    ['the only call of a condition, which goes with the condition', 'if (a) f()'],
  ])('is not made of %s', (_, text) => {
    expect(findMutants('guard.ts', text).filter(({ kind }) => kind !== 'condition')).toEqual([])
  })

  // In the case where the left one differs from the right value, the other differs in the same way.
  it.each([
    ['a part left out', 'the part turned round', 'x = !a && b', ['x = b', 'x = !a']],
    [
      'a part left out',
      'a condition that is never true',
      'if (a || b) x = 1',
      ['if (b) x = 1', 'if (a) x = 1'],
    ],
    [
      'a part left out',
      'an answer that is fixed',
      'const isMine = () => a && b',
      ['=> b', '=> a', '=> false'],
    ],
    [
      'a term left out',
      'a `where` left out',
      'x = q.where(and(a, b))',
      ['and(undefined, b)', 'and(a, undefined)'],
    ],
  ])('that is %s makes %s needless: `%s`', (_, __, text, expected) => {
    const texts = findMutants('guard.ts', text).map((mutant) => applyMutant(text, mutant))
    expect(texts).toHaveLength(expected.length)
    for (const part of expected) expect(texts.some((one) => one.includes(part))).toBe(true)
  })

  it('keeps its name when the lines above it change', () => {
    const text = 'function login() { if (isOld) throw refusal }'
    const [mutant] = findMutants('login.ts', text)
    const [moved] = findMutants('login.ts', `// A comment.\n\n${text}`)
    expect(mutant && nameMutant(mutant)).toBe('login.ts | condition | login | isOld -> false')
    expect(moved && nameMutant(moved)).toBe('login.ts | condition | login | isOld -> false')
  })

  it('has a name of its own beside a twin in the same function', () => {
    const text = 'function login() { count(call); if (isOld) count(call); else f() }'
    const names = findMutants('login.ts', text).map(nameMutant)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain('login.ts | call | login | count(call); -> ; (2)')
  })
})
