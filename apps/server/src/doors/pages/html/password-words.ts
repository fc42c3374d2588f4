import { PASSWORD_MIN_CHARACTERS, passwordTooSimilar, SENTENCES } from '@latchkey/contract'
import { describeSentence } from './refusal-words.ts'
import type { Site } from './site.ts'

/** Writes what the script of the form says. It has the sentence for each count, so it needs no rules of plurals. */
export function writeScriptWords(site: Site): string {
  const { t } = site
  const counts = Array.from({ length: PASSWORD_MIN_CHARACTERS }, (_, index) => index + 1)
  return JSON.stringify({
    show: t('password.show'),
    missing: counts.map((count) => t('password.feedbackMissing', { count })),
    digits: t('password.feedbackDigits'),
    almost: t('password.feedbackAlmost'),
    good: t('password.feedbackGood'),
    same: t('password.feedbackSame'),
    notSame: t('password.feedbackNotSame'),
    enter: t('password.enter'),
    enterAgain: t('password.enterAgain'),
    tooShort: describeSentence(site, SENTENCES.passwordTooShort),
    differ: describeSentence(site, SENTENCES.newPasswordsDiffer),
  })
}

/** The longest texts of the form, for the rooms that keep their height. */
export function findLongestWords(site: Site): { first: string; second: string } {
  const common = describeSentence(site, SENTENCES.passwordTooCommon)
  const numeric = describeSentence(site, SENTENCES.passwordNumeric)
  return {
    first: [describeSentence(site, passwordTooSimilar('email address')), common, numeric].join(' '),
    second: describeSentence(site, SENTENCES.newPasswordsDiffer),
  }
}
