// Made from the catalogues by `npm run generate`; a change by hand is lost.

import type { Catalogues } from '@latchkey/languages'
import en from '../en.json' with { type: 'json' }
import type { Messages } from './messages.ts'

/** The texts in every language. */
export const CATALOGUES: Catalogues<Messages> = { en: en }
