import { readBytes } from './read-bytes.ts'

const SUFFIX = '_FILE'
/** A secret is a line, or a few. A larger file is another file than the operator meant. */
const MAX_BYTES = 64 * 1024

/** The variable that names a file with the value of a secret: `SECRET_KEY_FILE`. */
export function fileVariableOf(name: string): string {
  return name + SUFFIX
}

/** What the environment gives together with the files that it names. */
export interface GivenValues {
  /** Values by the name of their setting. */
  values: Record<string, string>
  /** Sentences by the name of the setting that stays without a value. A sentence begins with a variable. */
  mistakes: Map<string, string>
}

/**
 * Replaces each variable `NAME_FILE` by a variable `NAME` with the content of the named file.
 *
 * No sentence shows a content. It may be a secret, also where the file is the wrong one.
 *
 * @param names.settings - every setting; `NAME_FILE` is refused for those that are no secret
 * @param names.secrets - the settings that hold a secret
 * @param names.lists - the secrets that are a list, whose file may be empty
 */
export function readSecretFiles(
  env: Record<string, string>,
  names: { settings: string[]; secrets: string[]; lists: string[] },
): GivenValues {
  const values = { ...env }
  const mistakes = new Map<string, string>()
  for (const name of names.settings) {
    const variable = fileVariableOf(name)
    const path = env[variable]?.trim()
    if (path === undefined) continue
    delete values[variable]
    const found = names.secrets.includes(name)
      ? readValue({ name, path, isList: names.lists.includes(name) }, env)
      : refuseForm(name)
    if ('value' in found) values[name] = found.value
    else mistakes.set(found.about, `${variable} ${found.fault}`)
    if ('fault' in found && found.about === name) delete values[name]
  }
  return { values, mistakes }
}

type Found = { value: string } | { fault: string; about: string }

/** The mistake is about the variable itself, so that the value of the setting is checked as well. */
function refuseForm(name: string): Found {
  const fault = `is no setting: ${name} has no file form, because it is no secret; set ${name} itself`
  return { fault, about: fileVariableOf(name) }
}

function readValue(
  { name, path, isList }: { name: string; path: string; isList: boolean },
  env: Record<string, string>,
): Found {
  if (name in env) return { fault: `must not be set beside ${name}: remove one of the two`, about: name }
  const found = readText(path, isList)
  return 'text' in found ? { value: found.text } : { fault: `names ${path}, ${found.fault}`, about: name }
}

function readText(path: string, mayBeEmpty: boolean): { text: string } | { fault: string } {
  const read = readBytes(path, MAX_BYTES)
  if ('fault' in read) return read
  const text = decode(read.bytes)
  if (text === null) return { fault: 'whose content is no text in UTF-8' }
  return text === '' && !mayBeEmpty ? { fault: 'which is empty' } : { text }
}

/** Decodes a text and cuts the white space around it: editors and `echo` end a file with a line break. */
function decode(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim()
    // An environment variable cannot hold this character either. It is the mark of UTF-16.
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
