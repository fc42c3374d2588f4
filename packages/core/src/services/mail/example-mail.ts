import { DAY_SECONDS, HOUR_SECONDS } from '../../words/time.ts'
import {
  type ListType,
  MAIL_VARIABLES,
  type MailKind,
  type MailRequest,
  type VariableType,
} from './mail-kinds.ts'

/** The time of every example: 22 November 2025, 19:29 UTC. */
const EXAMPLE_TIME = Date.UTC(2025, 10, 22, 19, 29)
const EXAMPLE_SECRET = 'an-example-which-opens-nothing-01234567890'

/** Lifetimes as the defaults of the settings have them. */
const LIFETIMES: Partial<Record<MailKind, number>> = {
  'account-exists': HOUR_SECONDS,
  'reset-password': HOUR_SECONDS,
}

/** Makes a mail of a kind with example values, for a preview. Its links open nothing. */
export function makeExampleMail(
  kind: MailKind,
  site: { publicUrl: string; language: string | null },
): MailRequest {
  const { publicUrl, language } = site
  const types: Readonly<Record<string, VariableType | ListType>> = MAIL_VARIABLES[kind]
  const example = (name: string, type: VariableType, index = 0) => {
    const values = {
      link: `${publicUrl}/${name === 'resetUrl' ? 'password/reset/confirm/example' : 'example'}/${EXAMPLE_SECRET}/`,
      address: name === 'newEmail' ? 'ada.lovelace@example.com' : 'ada@example.com',
      hidableAddress: 'ada.lovelace@example.com',
      time: EXAMPLE_TIME - index * HOUR_SECONDS * 1000 + (name === 'until' ? 3 * DAY_SECONDS * 1000 : 0),
      duration: LIFETIMES[kind] ?? 3 * DAY_SECONDS,
      origin:
        index === 0
          ? { browser: 'Firefox', os: 'Windows', network: '192.0.2.0/24' }
          : { browser: null, os: null, network: '2001:db8::/48' },
      factorChange: { kind: 'appSetUp' as const },
      connectionChange: { kind: 'added' as const, provider: 'Google' },
      providers: ['Google', 'GitHub'],
    }
    return values[type]
  }
  const variables = Object.entries(types).map(([name, type]) => [
    name,
    typeof type === 'string'
      ? example(name, type)
      : [0, 1].map((index) =>
          Object.fromEntries(Object.entries(type).map(([one, its]) => [one, example(one, its, index)])),
        ),
  ])
  return {
    kind,
    to: 'ada@example.com',
    language,
    variables: Object.fromEntries(variables),
  } as MailRequest
}
