import mustache from 'mustache'
import { COMMON_VARIABLES } from './common-values.ts'
import type { ListType, TemplatePart, VariableType } from './mail-kinds.ts'
import { MAIL_VARIABLES, type MailKind } from './mail-kinds.ts'

const SHOWING_TAGS = new Set(['name', '&'])
const NAMING_TAGS = new Set([...SHOWING_TAGS, '#', '^'])

/** `inner` is the content of a section, or the indentation of a partial. */
type Token = [tag: string, value: string, start: number, end: number, inner?: Token[] | string]

/** A tag of a template, and the sections around it. */
interface Use {
  tag: string
  name: string
  sections: readonly string[]
}

/** A variable of a kind. `list` names the list whose entries have it, and a list itself has no type. */
interface Variable {
  name: string
  type?: VariableType
  list?: string
}

/** Finds the mistakes of a template, one sentence per mistake. */
export function checkTemplate(kind: MailKind, part: TemplatePart, text: string): string[] {
  const tokens = parse(text)
  if (typeof tokens === 'string') return [tokens]
  const used = flatten(tokens)
  const variables = listVariables(MAIL_VARIABLES[kind])
  const known = [...Object.keys(COMMON_VARIABLES), ...variables.map(({ name }) => name)]
  const links = variables.filter(({ type }) => type === 'link').map(({ name }) => name)
  const shown = used.filter(({ tag }) => SHOWING_TAGS.has(tag))
  const shows = (name: string) => shown.some((use) => use.name === name)
  return [
    ...used
      .filter(({ tag, name }) => NAMING_TAGS.has(tag) && !known.includes(name))
      .map(({ name }) => `unknown variable {{${name}}}; known are ${known.join(', ')}`),
    // A stranger may have written the value, so HTML must escape it.
    ...used
      .filter(({ tag }) => tag === '&' && part === 'html')
      .map(({ name }) => `{{{${name}}}} is not escaped; write {{${name}}}`),
    ...used.filter(({ tag }) => tag === '>').map(({ name }) => `{{>${name}}}: there are no partials`),
    ...shown.flatMap((use) => findListMistake(use, variables)),
    ...links
      .filter((name) => part !== 'subject' && !shows(name))
      .map((name) => `{{${name}}} is missing, and the mail is of no use without it`),
    ...links
      .filter((name) => part === 'subject' && shows(name))
      .map((name) => `{{${name}}} is a secret and has no place in a subject`),
    ...(text.trim() === '' ? ['it is empty'] : []),
  ]
}

/** Finds a list that is shown as a value, and a value of an entry where there is no entry. */
function findListMistake({ name, sections }: Use, variables: Variable[]): string[] {
  const variable = variables.find((one) => one.name === name)
  if (!variable) return []
  const { type, list } = variable
  if (type === undefined) return [`{{${name}}} is a list; write {{#${name}}} … {{/${name}}}`]
  if (list === undefined || sections.includes(list)) return []
  return [`{{${name}}} is empty outside of {{#${list}}} … {{/${list}}}`]
}

/** Lists the variables of a kind, also those in the entries of its lists. */
function listVariables(types: Readonly<Record<string, VariableType | ListType>>): Variable[] {
  return Object.entries(types).flatMap(([name, type]): Variable[] =>
    typeof type === 'string'
      ? [{ name, type }]
      : [{ name }, ...Object.entries(type).map(([one, its]) => ({ name: one, type: its, list: name }))],
  )
}

function parse(text: string): Token[] | string {
  try {
    return mustache.parse(text) as Token[]
  } catch (error) {
    return (error as Error).message
  }
}

function flatten(tokens: Token[], sections: readonly string[] = []): Use[] {
  return tokens.flatMap(([tag, name, , , inner]) => {
    const within = tag === '#' ? [...sections, name] : sections
    return [{ tag, name, sections }, ...(Array.isArray(inner) ? flatten(inner, within) : [])]
  })
}
