import { type MessageFormatElement, type PluralElement, parse } from '@formatjs/icu-messageformat-parser'
import { SOURCE_LANGUAGE } from '../src/index.ts'
import { readSignature } from './read-message.ts'
import { mayBeEnglish } from './same-words.ts'
import { listPlurals, listTexts, measureText, writesNumber } from './walk-message.ts'

/** Controls, invisible characters, and those that change the direction. Two spaces that do not break are allowed. */
const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]|(?![\u00a0\u202f\u3000])[^\S ]/u
const SCRIPTS: Record<string, RegExp> = {
  Latn: /(?!\p{Script=Latin})\p{L}/u,
  Cyrl: /(?![\p{Script=Cyrillic}\p{Script=Latin}])\p{L}/u,
  Jpan: /(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Latin}ー])\p{L}/u,
  Hans: /(?![\p{Script=Han}\p{Script=Latin}])\p{L}/u,
  Arab: /(?![\p{Script=Arabic}\p{Script=Latin}])\p{L}/u,
}
/** Marks of Latin beside a letter of a script that has marks of its own. */
const MARKS: Record<string, RegExp> = {
  Jpan: /(?<=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー])[,;:!?]|[,;:!?](?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/u,
  Hans: /(?<=\p{Script=Han})[,;:!?]|[,;:!?](?=\p{Script=Han})/u,
  Arab: /(?<=\p{Script=Arabic})[,;?]|[,;?](?= ?\p{Script=Arabic})/u,
}
const MAX_LENGTH_FACTOR = 2.5
/** A short text counts as this long: the words of some languages are long. */
const SHORT_LENGTH = 10
/** Every plural rule of our languages shows by this number whether a form is for one number or for several. */
const LAST_COMPARED_NUMBER = 200

/** Lists what is wrong with a text by itself. */
export function checkText(text: string, tag: string): string[] {
  let message: MessageFormatElement[]
  try {
    message = parse(text)
    readSignature(text)
  } catch (error) {
    return [`is no ICU message: ${error instanceof Error ? error.message : error}`]
  }
  const words = listTexts(message).join(' ')
  const script = new Intl.Locale(tag).maximize().script ?? ''
  const foreign = SCRIPTS[script]?.exec(words)?.[0]
  const mark = MARKS[script]?.exec(words)?.[0]
  return [
    ...(text.trim() === text && text !== '' ? [] : ['begins or ends with a space, or is empty']),
    ...(/ {2}/.test(text) ? ['has two spaces in a row'] : []),
    ...(text.includes("'") ? ["has the apostrophe ', which starts a quotation of ICU: write ’"] : []),
    ...(tag === SOURCE_LANGUAGE && /e-mail/i.test(text) ? ['spells email as e-mail'] : []),
    ...(HIDDEN.test(text) ? ['has an invisible character'] : []),
    ...(foreign ? [`has the letter ${foreign}, which is of another script`] : []),
    ...(mark ? [`has the mark ${mark} beside a letter of its script: write its own`] : []),
    ...listPlurals(message).flatMap((plural) => checkPlural(plural, tag)),
  ]
}

/** Lists what is wrong with the translation of an English text. */
export function checkTranslation(english: string, text: string, tag: string): string[] {
  const faults = checkText(text, tag)
  if (faults.some((fault) => fault.startsWith('is no'))) return faults
  const allowed = MAX_LENGTH_FACTOR * Math.max(SHORT_LENGTH, measureText(parse(english)))
  const hasWords = listTexts(parse(english)).some((words) => /\p{L}{2}/u.test(words))
  return [
    ...faults,
    ...compareSignatures(english, text),
    ...(text === english && hasWords && !mayBeEnglish(text, tag) ? ['is the English text'] : []),
    ...(measureText(parse(text)) > allowed ? ['is more than 2.5 times as long as the English text'] : []),
  ]
}

function compareSignatures(english: string, text: string): string[] {
  const wanted = list(english)
  const found = list(text)
  const missing = wanted.filter((entry) => !found.includes(entry))
  const surplus = found.filter((entry) => !wanted.includes(entry))
  return [...missing.map((entry) => `lacks ${entry}`), ...surplus.map((entry) => `has a surplus ${entry}`)]
}

function list(text: string): string[] {
  const { values, tags } = readSignature(text)
  return [...[...values].map(([name, type]) => `{${name}} (${type})`), ...[...tags].map((tag) => `<${tag}>`)]
}

function checkPlural({ value: name, options, pluralType }: PluralElement, tag: string): string[] {
  const rules = new Intl.PluralRules(tag, { type: pluralType ?? 'cardinal' })
  const wanted: string[] = rules.resolvedOptions().pluralCategories
  const forms = Object.keys(options).filter((form) => !form.startsWith('='))
  const ofSeveralNumbers = forms.filter((form) => countNumbers(rules, form) > 1)
  return [
    ...wanted.filter((form) => !forms.includes(form)).map((form) => `lacks the form ${form} of {${name}}`),
    ...forms
      .filter((form) => !wanted.includes(form))
      .map((form) => `has a surplus form ${form} of {${name}}`),
    ...ofSeveralNumbers
      .filter((form) => form !== 'other' && !writesNumber(options[form]?.value ?? [], name))
      .map((form) => `writes no number in the form ${form} of {${name}}, which is for several numbers`),
  ]
}

function countNumbers(rules: Intl.PluralRules, form: string): number {
  const numbers = Array.from({ length: LAST_COMPARED_NUMBER }, (_, number) => number)
  return numbers.filter((number) => rules.select(number) === form).length
}
