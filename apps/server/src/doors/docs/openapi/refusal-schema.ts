import type { Schema } from './types.ts'

/** The body of every refusal that is not about fields. */
export const REFUSAL_SCHEMA: Schema = {
  type: 'object',
  required: ['detail', 'code'],
  additionalProperties: false,
  properties: {
    detail: { type: 'string', description: 'A sentence for people.' },
    code: { type: 'string', description: 'A word for programs.' },
    messages: {
      type: 'array',
      description: 'Why a bearer token was refused.',
      items: {
        type: 'object',
        required: ['token_class', 'token_type', 'message'],
        additionalProperties: false,
        properties: {
          token_class: { type: 'string', const: 'AccessToken' },
          token_type: { type: 'string', const: 'access' },
          message: { type: 'string', enum: ['Token is expired', 'Token is invalid', 'Token has wrong type'] },
        },
      },
    },
  },
}
