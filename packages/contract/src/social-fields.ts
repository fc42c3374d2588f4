import { optionalNameField } from './fields.ts'
import { PROVIDER_TEXT_MAX_CHARACTERS, PROVIDER_TOKEN_MAX_CHARACTERS } from './limits.ts'
import { textField } from './text-field.ts'

/** The id of a provider in a path. An unknown one is no field error. */
export function providerField() {
  return textField({ maxCharacters: PROVIDER_TEXT_MAX_CHARACTERS, isLookedUp: true, nulls: true }).meta({
    description: 'The id of the provider.',
    example: 'google',
  })
}

/** A credential of a provider. One that is too long is answered as a wrong one. */
function credentialField() {
  return textField({
    maxCharacters: PROVIDER_TOKEN_MAX_CHARACTERS,
    isLookedUp: true,
    isAscii: true,
    nulls: true,
  })
}

function smallField() {
  return textField({ maxCharacters: PROVIDER_TEXT_MAX_CHARACTERS, isLookedUp: true, nulls: true })
}

const clientId = () =>
  smallField().optional().meta({ description: 'One of the client ids of the provider. Without it: any.' })

const nonce = () =>
  smallField()
    .optional()
    .meta({ description: 'The nonce that was sent to the provider, where one was sent.' })

/** The fields of tokens that a client got from a provider. */
export function tokenFields() {
  return {
    provider: providerField(),
    id_token: credentialField().optional(),
    access_token: credentialField().optional(),
    client_id: clientId(),
    nonce: nonce(),
    first_name: optionalNameField().meta({ description: 'Apple tells it to the app alone, and only once.' }),
    last_name: optionalNameField(),
  }
}

/** The fields of a code that a client got from a provider. */
export function codeFields() {
  return {
    provider: providerField(),
    code: credentialField(),
    callback_url: smallField().meta({ description: 'Exactly one of `PROVIDER_CALLBACK_URLS`.' }),
    code_verifier: smallField().meta({ description: 'The verifier of PKCE that belongs to the code.' }),
    client_id: clientId(),
    nonce: nonce(),
  }
}
