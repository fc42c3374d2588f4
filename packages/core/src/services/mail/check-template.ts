import mustache from 'mustache'
import { COMMON_VARIABLES } from './common-values.ts'
import type { ListType, TemplatePart, VariableType } from './mail-kinds.ts'
import { MAIL_VARIABLES, type MailKind } from './mail-kinds.ts'

const NAMING_TAGS = new Set(['name', '&', '#', '^'])

/** `inner` is the content of a section, or the indentation of a partial. */
type Token = [tag: string, value: string, start: number, end: number, inner?: Token[] | string]

/** Finds the mistakes of a template, one sentence per mistake. */
export function checkTemplate(kind: MailKind, part: TemplatePart, text: string): string[] {
  const tokens = parse(text)
  if (typeof tokens === 'string') return [tokens]
  const used = flatten(tokens)
  const variables = listVariables(MAIL_VARIABLES[kind])
  const known = [...Object.keys(COMMON_VARIABLES), ...variables.map(([name]) => name)]
  return [
    ...used
      .filter(([tag, name]) => NAMING_TAGS.has(tag) && !known.includes(name))
      .map(([, name]) => `unknown variable {{${name}}}; known are ${known.join(', ')}`),
    // A stranger may have written the value, so HTML must escape it.
    ...used
      .filter(([tag]) => tag === '&' && part === 'html')
      .map(([, name]) => `{{{${name}}}} is not escaped; write {{${name}}}`),
    ...used.filter(([tag]) => tag === '>').map(([, name]) => `{{>${name}}}: there are no partials`),
    ...variables
      .filter(([name, type]) => type === 'link' && part !== 'subject' && !shows(used, name))
      .map(([name]) => `{{${name}}} is missing, and the mail is of no use without it`),
    ...variables
      .filter(([name, type]) => type === 'link' && part === 'subject' && shows(used, name))
      .map(([name]) => `{{${name}}} is a secret and has no place in a subject`),
    ...(text.trim() === '' ? ['it is empty'] : []),
  ]
}

/** Lists the variables of a kind, also those in the entries of its lists. A list itself has no type. */
function listVariables(types: Readonly<Record<string, VariableType | ListType>>): [string, VariableType?][] {
  return Object.entries(types).flatMap(([name, type]) =>
    typeof type === 'string' ? [[name, type] as const] : [[name] as const, ...Object.entries(type)],
  ) as [string, VariableType?][]
}

function shows(used: Token[], name: string): boolean {
  return used.some(([tag, value]) => (tag === 'name' || tag === '&') && value === name)
}

function parse(text: string): Token[] | string {
  try {
    return mustache.parse(text) as Token[]
  } catch (error) {
    return (error as Error).message
  }
}

function flatten(tokens: Token[]): Token[] {
  return tokens.flatMap((token) => [token, ...(Array.isArray(token[4]) ? flatten(token[4]) : [])])
}
