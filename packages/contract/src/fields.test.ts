import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  checkedPasswordField,
  emailField,
  fields,
  idField,
  knownEmailField,
  loginEmailField,
  nameField,
  passwordField,
  tokenField,
} from './fields.ts'
import { textField } from './text-field.ts'

const REQUIRED = 'This field is required.'
const BLANK = 'This field may not be blank.'
const NULL = 'This field may not be null.'
const NOT_A_STRING = 'Not a valid string.'
const NOT_AN_ADDRESS = 'Enter a valid email address.'
const NULS = 'Null characters are not allowed.'
const tooLong = (max: number) => `Ensure this field has no more than ${max} characters.`

/** The sentences for a caller, by field. The empty name holds the sentences about the body itself. */
function faultsOf(type: z.ZodType, input: unknown): Record<string, string[]> {
  const faults: Record<string, string[]> = {}
  const { error } = type.safeParse(input)
  for (const { path, message } of error?.issues ?? []) {
    const name = path.join('.')
    faults[name] = [...(faults[name] ?? []), message]
  }
  return faults
}

const EVERY_FIELD = {
  text: textField({ maxCharacters: 10 }),
  id: idField(),
  email: emailField(),
  'email of a user': knownEmailField(),
  'email of a sign-in': loginEmailField(),
  password: passwordField(),
  'password that is checked': checkedPasswordField(),
  name: nameField({ blank: false }),
  'name that may be blank': nameField({ blank: true }),
  token: tokenField(),
}

describe.each(Object.entries(EVERY_FIELD))('a field: %s', (_, field) => {
  it.each([
    [undefined, REQUIRED],
    [null, NULL],
    [0, NOT_A_STRING],
    [12, NOT_A_STRING],
    [Number.NaN, NOT_A_STRING],
    [true, NOT_A_STRING],
    [false, NOT_A_STRING],
    [[], NOT_A_STRING],
    [['ada@example.com'], NOT_A_STRING],
    [{}, NOT_A_STRING],
    [{ toString: () => 'ada@example.com' }, NOT_A_STRING],
    [Object('ada@example.com'), NOT_A_STRING],
    ['\ud800', NOT_A_STRING],
    ['ada\udc00@example.com', NOT_A_STRING],
    ['\udd11\ud83d'.repeat(5), NOT_A_STRING],
  ])('refuses %j with the one sentence %s', (input, sentence) => {
    expect(faultsOf(field, input)).toEqual({ '': [sentence] })
  })

  it('refuses NUL, except in an id, which is then an unknown one', () => {
    if (field === EVERY_FIELD.id) return expect(faultsOf(field, 'a\0b')).toEqual({})
    expect(faultsOf(field, 'a\0b')['']).toContain(NULS)
  })
})

describe('a blank field', () => {
  it.each(['', ' ', '\t\n', '\u3000'])('is refused as blank if the field is trimmed: %j', (blank) => {
    for (const field of [emailField(), loginEmailField(), nameField({ blank: false }), tokenField()]) {
      expect(faultsOf(field, blank)).toEqual({ '': [BLANK] })
    }
    expect(nameField({ blank: true }).parse(blank)).toBe('')
  })

  it('is refused as blank only when it is empty, if the field is not trimmed', () => {
    expect(faultsOf(passwordField(), '')).toEqual({ '': [BLANK] })
    expect(passwordField().parse('   ')).toBe('   ')
  })
})

describe('the length of a field', () => {
  it.each([
    ['a password', passwordField(), 128],
    ['a name', nameField({ blank: false }), 150],
    ['any text', textField({ maxCharacters: 3 }), 3],
  ])('is counted in code points, not in UTF-16 units: %s', (_, field, max) => {
    for (const character of ['a', 'ł', '李', '🔑']) {
      expect(faultsOf(field, character.repeat(max))).toEqual({})
      expect(faultsOf(field, character.repeat(max + 1))).toEqual({ '': [tooLong(max)] })
    }
  })

  it('is counted after the text is normalised', () => {
    expect(faultsOf(nameField({ blank: false }), ` ${'a'.repeat(150)} `)).toEqual({})
    expect(passwordField().parse('e\u0301'.repeat(128))).toBe('é'.repeat(128))
    expect(faultsOf(emailField(), `${'ﬃ'.repeat(100)}@example.com`)['']).toEqual([tooLong(254)])
  })

  it('of an address is 254 at most, and a longer one gets that sentence alone', () => {
    const longest = `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`
    expect(longest.length).toBeLessThanOrEqual(254)
    expect(faultsOf(emailField(), longest)).toEqual({})
    expect(faultsOf(emailField(), `${longest}${'e'.repeat(10)}`)).toEqual({ '': [tooLong(254)] })
    expect(faultsOf(emailField(), 'x'.repeat(100_000))).toEqual({ '': [tooLong(254)] })
  })

  it('and NUL are refused together, with both sentences', () => {
    expect(faultsOf(textField({ maxCharacters: 2 }), 'ab\0')).toEqual({ '': [tooLong(2), NULS] })
  })
})

describe('a text that is far longer than its limit', () => {
  it.each([
    ['an id', idField(), 36],
    ['a token', tokenField(), 2048],
  ])('is read as an unknown one, if the field is looked up: %s', (_, field, max) => {
    expect(field.parse('x'.repeat(max))).toBe('x'.repeat(max))
    expect(field.parse('x'.repeat(4 * max + 1))).toBe('-')
  })

  it('is refused by its length alone, whatever else is wrong with it', () => {
    const long = `\0\ud800${'\u0300'.repeat(700)}`
    expect(faultsOf(passwordField(), long)).toEqual({ '': [tooLong(128)] })
    expect(faultsOf(loginEmailField(), ' '.repeat(2000))).toEqual({ '': [tooLong(320)] })
  })
})

describe('a password that is checked', () => {
  it('is handed on as it was typed: what is done with it depends on the stored hash', () => {
    for (const typed of ['cafe\u0301', '  ﬃ Ａ\t', '   ', '\u001fx\u0085'])
      expect(checkedPasswordField().parse(typed)).toBe(typed)
  })

  it('of more than 4,096 characters is a wrong one: no stored password is compared with it', () => {
    for (const character of ['a', 'ł', '🔑']) {
      expect(checkedPasswordField().parse(character.repeat(4096))).toBe(character.repeat(4096))
      for (const count of [4097, 8192, 100_000])
        expect(checkedPasswordField().parse(character.repeat(count))).toBe('-')
    }
  })
})

describe('combining marks', () => {
  it('may stand 256 in a row in a password that is checked, and no more', () => {
    const rows = `a${'\u0300'.repeat(256)}`.repeat(15)
    expect(faultsOf(checkedPasswordField(), rows)).toEqual({})
    expect(faultsOf(checkedPasswordField(), `${rows}\u0316`)).toEqual({ '': [NOT_A_STRING] })
  })
})

describe('an address', () => {
  it('is trimmed, folded and lower-cased before it is validated', () => {
    expect(emailField().parse(' Ａｄａ@Example.COM\n')).toBe('ada@example.com')
    expect(loginEmailField().parse(' Ａｄａ@Example.COM\n')).toBe('ada@example.com')
  })

  it.each(['x', 'a@b', 'a@example.com,b@example.com', 'a@example.com\nbcc: b@example.com', '12'])(
    'is refused when it is malformed: %j; a sign-in accepts it as an unknown address',
    (text) => {
      expect(faultsOf(emailField(), text)).toEqual({ '': [NOT_AN_ADDRESS] })
      expect(faultsOf(loginEmailField(), text)).toEqual({})
    },
  )

  it('that is only looked up may be any that an import stored, up to 320 characters', () => {
    const long = `${'a'.repeat(64)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}`
    for (const address of ['root@localhost', 'a..b@docomo.ne.jp', 'a@[192.0.2.1]', long]) {
      expect(knownEmailField().parse(` ${address.toUpperCase()} `)).toBe(address)
      expect(faultsOf(emailField(), address)['']).toHaveLength(1)
    }
    expect(faultsOf(knownEmailField(), `${'a'.repeat(300)}@${'b'.repeat(20)}`)).toEqual({
      '': [tooLong(320)],
    })
    for (const text of ['x', 'a@example.com,b@example.com', 'a@example.com\nbcc: b@example.com']) {
      expect(faultsOf(knownEmailField(), text)).toEqual({ '': [NOT_AN_ADDRESS] })
    }
  })
})

describe('a password', () => {
  it('is normalised to NFC, and not changed otherwise', () => {
    expect(passwordField().parse('cafe\u0301')).toBe('caf\u00e9')
    expect(passwordField().parse('  ﬃ Ａ\t')).toBe('  ﬃ Ａ\t')
  })
})

describe('a name', () => {
  it.each(["O'Neill", 'Łukasz', '李', 'Jean-Luc', 'Ada 🔑', '<script>', 'محمد'])('may be %s', (name) => {
    expect(nameField({ blank: false }).parse(` ${name} `)).toBe(name)
  })

  it.each(['a\nb', 'a\rb', 'a\u001bb', 'a\u2028b', 'a\u0085b', 'a\u007fb'])(
    'may not break a line: %j',
    (name) => {
      expect(faultsOf(nameField({ blank: false }), name)).toEqual({
        '': ['Control characters are not allowed.'],
      })
    },
  )
})

describe('a body', () => {
  const body = fields({
    email: emailField(),
    password: passwordField(),
    name: nameField({ blank: true }).optional(),
  })

  it('names every failing field at once, in the order of its fields', () => {
    expect(faultsOf(body, {})).toEqual({ email: [REQUIRED], password: [REQUIRED] })
    const faults = faultsOf(body, { name: 1, password: null, email: 'x' })
    expect(faults).toEqual({ email: [NOT_AN_ADDRESS], password: [NULL], name: [NOT_A_STRING] })
    expect(Object.keys(faults)).toEqual(['email', 'password', 'name'])
  })

  it('drops unknown fields, also those that would reach a prototype', () => {
    const text =
      '{"email":"ada@example.com","password":"x","role":900,"is_staff":true,"id":"1","__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'
    const parsed = body.parse(JSON.parse(text))
    expect(Object.keys(parsed)).toEqual(['email', 'password'])
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype)
    expect(parsed).not.toHaveProperty('admin')
    expect({}).not.toHaveProperty('admin')
  })

  it('reads no field from a prototype', () => {
    const inherited = JSON.parse('{"__proto__":{"email":"ada@example.com","password":"x"}}')
    expect(faultsOf(body, inherited)).toEqual({ email: [REQUIRED], password: [REQUIRED] })
  })

  it.each([
    [[], 'list'],
    [[{ email: 'ada@example.com' }], 'list'],
    ['x', 'str'],
    ['', 'str'],
    [12, 'int'],
    [-0, 'int'],
    [1e300, 'int'],
    [1.5, 'float'],
    [true, 'bool'],
    [false, 'bool'],
  ])('that is %j gets the sentence with its kind: %s', (input, kind) => {
    expect(faultsOf(body, input)).toEqual({ '': [`Invalid data. Expected a dictionary, but got ${kind}.`] })
  })

  it('that is null gets the sentence “No data provided”', () => {
    expect(faultsOf(body, null)).toEqual({ '': ['No data provided'] })
  })
})

it.each([
  '\u200B',
  '\u200D\u200B',
  '\u3164',
  '\u0301\uFE0F',
  '\u180E',
  '\u17B4\u17B5',
  '\u{E0041}\u{E007F}',
  '\u{1D159}',
  '\u2800 \u2800',
  '\u{13441}\u{13442}',
  '\u{E000}',
  'Ada\u202Eevil',
  '\u202BAda\u202C',
  '\u2066Ada\u2069',
])('a name that is invisible or reverses the text around it is refused: %j', (name) => {
  const { error } = nameField({ blank: true }).safeParse(name)
  expect(error?.issues.map(({ message }) => message)).toEqual(['Only printable characters are allowed.'])
})

it.each(['Łukasz', '李', "O'Neill", 'محمد', 'क्ष', '\u0645\u06CC\u200C\u062E'])(
  'a name of any script is accepted: %s',
  (name) => {
    expect(nameField({ blank: false }).parse(name)).toBe(name)
  },
)
