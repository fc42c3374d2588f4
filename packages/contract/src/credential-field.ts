import { z } from 'zod'
import { describeNonObject, nameJsonType } from './fields.ts'
import { CREDENTIAL_TEXT_MAX_CHARACTERS, TRANSPORTS_MAX } from './limits.ts'
import { SENTENCES, tooLong } from './sentences.ts'

/** A text of a credential. Its length is judged before any other work is done with it. */
function credentialText() {
  return z
    .string({ error: ({ input }) => describeMissing(input) ?? SENTENCES.notAString })
    .max(CREDENTIAL_TEXT_MAX_CHARACTERS, tooLong(CREDENTIAL_TEXT_MAX_CHARACTERS))
}

function describeMissing(input: unknown): string | null {
  if (input === undefined) return SENTENCES.required
  return input === null ? SENTENCES.null : null
}

/** An object of a JSON body. A form has texts alone, so it cannot send one. */
function dictionary<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: ({ input }) => describeMissing(input) ?? describeNonObject(input) })
}

/** The members that both kinds of credential have. Members of other names are dropped. */
function describeCredential<Shape extends z.ZodRawShape>(response: Shape) {
  return dictionary({
    id: credentialText(),
    rawId: credentialText(),
    type: credentialText().meta({ example: 'public-key' }),
    response: dictionary({ clientDataJSON: credentialText(), ...response }),
  })
}

/** The answer of a passkey: what `toJSON()` of a browser makes of `navigator.credentials.get`. */
export function credentialField() {
  return describeCredential({
    authenticatorData: credentialText(),
    signature: credentialText(),
    userHandle: credentialText().nullish(),
  }).meta({ description: 'The answer of `navigator.credentials.get`, by `toJSON()`.' })
}

/** A new passkey: what `toJSON()` of a browser makes of `navigator.credentials.create`. */
export function newCredentialField() {
  return describeCredential({
    attestationObject: credentialText(),
    transports: z
      .array(credentialText(), {
        error: ({ input }) => `Expected a list of items but got type "${nameJsonType(input)}".`,
      })
      .max(TRANSPORTS_MAX, `Ensure this field has no more than ${TRANSPORTS_MAX} elements.`)
      .nullish(),
  }).meta({ description: 'The answer of `navigator.credentials.create`, by `toJSON()`.' })
}
