import { createLandingJudge } from './landing.ts'
import { LANDING_MAX_CHARACTERS } from './limits.ts'
import { SENTENCES } from './sentences.ts'
import type { ContractSettings } from './settings.ts'
import { textField } from './text-field.ts'

/** The address that the link of a mail leads on to, instead of the page of the settings: one of `REDIRECT_URLS`. */
export function redirectField({ redirectUrls }: ContractSettings) {
  const judge = createLandingJudge(redirectUrls)
  const field = textField({
    maxCharacters: LANDING_MAX_CHARACTERS,
    // What is judged is what the link leads to.
    normalize: (text) => judge(text) ?? text,
    refuse: (text) => (judge(text) === null ? SENTENCES.notALanding : null),
  })
  return field.optional().meta({ description: 'Where the mailed link leads: one of `REDIRECT_URLS`.' })
}
