import Bowser from 'bowser'

/** A device as its user would recognise it in a list. */
export interface Device {
  browser: string | null
  os: string | null
  device: string | null
}

/** Real headers are shorter; a longer one is somebody playing with the parser. */
const HEADER_MAX_CHARACTERS = 512
/** A garbled header must not become a long name in somebody's list. */
const NAME_MAX_CHARACTERS = 60

const UNKNOWN: Device = { browser: null, os: null, device: null }

/** Reads a User-Agent header; a program that is no browser is named by its first product token: `curl`. */
export function parseDevice(userAgent: string | null): Device {
  if (!userAgent) return UNKNOWN
  const header = userAgent.slice(0, HEADER_MAX_CHARACTERS)
  const { browser, os, platform } = Bowser.parse(header)
  const product = /^([\w.-]+)\//.exec(header)?.[1]
  const model = [platform.vendor, platform.model].filter(Boolean).join(' ')
  return {
    browser: cutName(browser.name || (product === 'Mozilla' ? undefined : product)),
    os: cutName(os.name),
    device: cutName(model || platform.type),
  }
}

function cutName(name: string | undefined): string | null {
  return name?.slice(0, NAME_MAX_CHARACTERS) || null
}
