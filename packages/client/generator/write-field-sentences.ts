import {
  DENIALS,
  PASSWORD_ATTRIBUTES,
  passwordTooSimilar,
  REFUSALS,
  SENTENCES,
  tooLarge,
  tooLong,
  tooShort,
  tooSmall,
} from '@latchkey/contract'

const DEAD_LINK = [REFUSALS.token_not_valid.sentence, REFUSALS.not_authenticated.sentence]

/** Stands for the number of a sentence while it is written. */
const NUMBER = 987_654_321

/** Writes the sentences of the server about fields, by name. `{count}` stands for a number. */
export function writeFieldSentences(): string {
  const counted = Object.entries({ tooLong, tooShort, tooSmall, tooLarge }).map(([name, write]) => [
    name,
    write(NUMBER).replace(String(NUMBER), '{count}'),
  ])
  const similar = PASSWORD_ATTRIBUTES.map((attribute) => [
    `similarTo${attribute.replace(/(?:^| )./g, (letter) => letter.trim().toUpperCase())}`,
    passwordTooSimilar(attribute),
  ])
  const sentences = { ...SENTENCES, ...Object.fromEntries([...counted, ...similar]) }
  const lines = Object.entries(sentences).map(
    ([name, sentence]) => `  ${name}: ${JSON.stringify(sentence)},\n`,
  )
  return `/** The sentences of the server about one field, by name. \`{count}\` stands for a number. */
export const FIELD_SENTENCES = {
${lines.join('')}} as const

/** The sentences of \`permission_denied\` that say more than its code, by name. */
export const DENIAL_SENTENCES = ${JSON.stringify(DENIALS, null, 2)} as const

/** The sentences of a 401 about a mailed link: it is void, or it was not opened. A refused access token has others. */
export const DEAD_LINK_SENTENCES: readonly string[] = ${JSON.stringify(DEAD_LINK, null, 2)}
`
}
