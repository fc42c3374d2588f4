import { loadMessages } from '@latchkey/client/messages'
import { findLanguage, isLanguageTag, SOURCE_LANGUAGE } from '@latchkey/languages'
import { useSyncExternalStore } from 'react'
import { readChoice, writeChoice } from './choice.ts'
import { createMessages, type Messages } from './create-messages.ts'
import { findFirstLanguage } from './first-language.ts'
import { ENGLISH, loadCatalogues } from './generated/catalogues.ts'
import type { ShownLanguage } from './shown-language.ts'

const listeners = new Set<() => void>()
let messages = createMessages(SOURCE_LANGUAGE, ENGLISH)
/** The language that was asked for last. An earlier one whose catalogue arrives later is not shown. */
let wanted: ShownLanguage = SOURCE_LANGUAGE

/** Returns the sentences of the portal in the current language, and renders the component again when it changes. */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribe, () => messages)
}

/**
 * Shows the first language of a visitor.
 *
 * @returns after the catalogue has arrived, or after English has taken its place
 */
export async function startLanguage(): Promise<void> {
  await showLanguage(findFirstLanguage())
}

/** Shows a language, and keeps the choice in this browser for all its tabs. */
export async function chooseLanguage(language: ShownLanguage): Promise<void> {
  writeChoice(language)
  await showLanguage(language)
}

/** Shows the language of the signed-in user, unless another one was chosen in this browser. */
export async function showAccountLanguage(language: string | null | undefined): Promise<void> {
  const found = readChoice() === null ? findLanguage(language) : null
  if (found) await showLanguage(found)
}

/** Follows a choice in another tab until the returned function is called. */
export function followChoice(): () => void {
  const follow = () => void showLanguage(readChoice() ?? wanted)
  addEventListener('storage', follow)
  return () => removeEventListener('storage', follow)
}

/** The former language stays when the catalogue cannot be loaded. */
async function showLanguage(language: ShownLanguage): Promise<void> {
  wanted = language
  const [catalogues] = await Promise.all([load(language), loadMessages(language)])
  if (catalogues === null || wanted !== language || messages.wanted === language) return
  messages = createMessages(language, catalogues)
  document.documentElement.lang = messages.t.language
  document.documentElement.dir = messages.t.direction
  for (const listener of listeners) listener()
}

async function load(language: ShownLanguage): Promise<typeof ENGLISH | null> {
  return isLanguageTag(language) ? loadCatalogues(language).catch(() => null) : ENGLISH
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
