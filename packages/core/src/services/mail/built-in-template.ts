import { isolate } from '@latchkey/languages'
import mustache from 'mustache'
import { COMMON_VARIABLES } from './common-values.ts'
import { LAYOUT } from './generated/layout.ts'
import { type Block, MAIL_BLOCKS } from './mail-blocks.ts'
import {
  type ListType,
  MAIL_VARIABLES,
  type MailKind,
  type Template,
  type VariableType,
} from './mail-kinds.ts'
import type { MailTranslator } from './translator.ts'

/** Texts that other people or the settings choose. Their direction may differ from that of the sentence around them. */
const FOREIGN: (VariableType | undefined)[] = ['address', 'hidableAddress']

/**
 * Makes the built-in template of a kind in a language. A placeholder of a text becomes a variable of mustache.
 *
 * Both parts come from the same blocks, so they say the same.
 */
export function makeTemplate(kind: MailKind, t: MailTranslator): Template {
  const write = createWriter(kind, t)
  const title = write('subject').text
  return {
    subject: title,
    text: `${writeTexts([{ say: 'common.greeting' }, ...MAIL_BLOCKS[kind]], write)}-- \n${writeTextFooter(write)}`,
    html: fill(`${LAYOUT.start}${writeParts(MAIL_BLOCKS[kind], write)}${LAYOUT.end}`, {
      title: mustache.escape(title),
      preview: mustache.escape(write('preview').text),
      greeting: write('common.greeting').html,
      brand: BRAND,
      footer: writeFooter(write),
      language: t.language,
      direction: t.direction,
      side: t.direction === 'rtl' ? 'right' : 'left',
    }),
  }
}

/** A text of the catalogue as mustache, for each part of a mail. */
type Write = (name: string, values?: Record<string, string>) => { text: string; html: string }

function createWriter(kind: MailKind, t: MailTranslator): Write {
  // `verify-email` is the area `verifyEmail` of the catalogue.
  const area = kind.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  const types = listTypes(MAIL_VARIABLES[kind])
  const translate = t as unknown as (key: string, values: Record<string, string>) => string
  const tags = Object.entries(types).map(
    ([name, type]) => [name, `{{${name}}}`, FOREIGN.includes(type)] as const,
  )
  const plain = tags.map(([name, tag, isForeign]) => [
    name,
    isForeign && t.direction === 'rtl' ? isolate(tag) : tag,
  ])
  return (name, values = {}) => {
    const key = name.includes('.') ? name : `${area}.${name}`
    const raw = translate(key, { ...Object.fromEntries(tags.map(([one, tag]) => [one, tag])), ...values })
    const html = tags.reduce(
      (text, [, tag, isForeign]) =>
        isForeign ? text.replaceAll(tag, `<span dir="auto">${tag}</span>`) : text,
      mustache.escape(raw),
    )
    return { text: translate(key, { ...Object.fromEntries(plain), ...values }), html }
  }
}

/** Lists the variables of a kind with their types, also those in the entries of its lists, and the common ones. */
function listTypes(
  types: Readonly<Record<string, VariableType | ListType>>,
): Record<string, VariableType | undefined> {
  const own = Object.entries(types).flatMap(([name, type]) =>
    typeof type === 'string' ? [[name, type] as const] : Object.entries(type),
  )
  const common = Object.keys(COMMON_VARIABLES).map((name) => [name, undefined] as const)
  // The name of the service is foreign like an address: it may be in another script.
  return Object.fromEntries([...common, ['appName', 'address'] as const, ...own])
}

function writeTexts(blocks: Block[], write: Write): string {
  return blocks.map((block) => writeText(block, write)).join('')
}

function writeText(block: Block, write: Write): string {
  if ('say' in block) return `${write(block.say).text}\n\n`
  if ('whisper' in block) return `${write(block.whisper).text}\n\n`
  if ('each' in block) return inSection(block.each, writeTexts(block.blocks, write))
  const label = write('common.textLabel', {
    label: write('action' in block ? block.action : block.link).text,
  })
  const lines = `${label.text}\n{{${block.to}}}\n\n`
  return 'action' in block ? lines : inSection(block.to, lines)
}

/** The tags stand on lines of their own, which mustache takes out. */
function inSection(name: string, content: string): string {
  return `{{#${name}}}\n${content}{{/${name}}}\n`
}

function writeParts(blocks: Block[], write: Write): string {
  return blocks.map((block) => writePart(block, write)).join('')
}

function writePart(block: Block, write: Write): string {
  if ('say' in block) return fill(LAYOUT.text, { content: write(block.say).html })
  if ('whisper' in block) return fill(LAYOUT.quiet, { content: write(block.whisper).html })
  if ('each' in block) return inSection(block.each, writeParts(block.blocks, write))
  const address = `{{${block.to}}}`
  if ('link' in block) {
    return inSection(block.to, fill(LAYOUT.link, { content: write(block.link).html, address }))
  }
  const button = fill(LAYOUT.action, { content: write(block.action).html, address })
  return button + fill(LAYOUT.address, { content: write('common.linkInstead').html, address })
}

const BRAND =
  '{{#logoUrl}}<img src="{{logoUrl}}" alt="{{appName}}" height="40" style="display:block;height:40px;width:auto;border:0">{{/logoUrl}}' +
  '{{^logoUrl}}<span dir="auto">{{appName}}</span>{{/logoUrl}}'

function writeFooter(write: Write): string {
  const support = `<a href="{{supportUrl}}" style="color:{{accent}}">${write('common.support').html}</a>`
  return `${write('common.footer').html}{{#supportUrl}}<br>${support}{{/supportUrl}}`
}

function writeTextFooter(write: Write): string {
  const support = write('common.textLabel', { label: write('common.support').text }).text
  return `${write('common.footer').text}\n${inSection('supportUrl', `${support} {{supportUrl}}\n`)}`
}

/** Fills the places `[[name]]` of the layout. A place without a value stays, so that another call fills it. */
function fill(layout: string, values: Record<string, string>): string {
  return layout.replace(/\[\[(\w+)\]\]/g, (place, name: string) => values[name] ?? place)
}
