import Bowser from 'bowser'

/** A device, in words that its user recognises in a list. */
export interface Device {
  browser: string | null
  os: string | null
  device: string | null
}

/** Headers of real browsers are shorter. The parser gets no more of a header, so that it stays fast. */
const HEADER_MAX_CHARACTERS = 512
/** A broken header must not become a long name in a list. */
const NAME_MAX_CHARACTERS = 60

const UNKNOWN: Device = { browser: null, os: null, device: null }

/** Reads the device from a User-Agent header. A program such as `curl` is named by its first product token. */
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

const BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP))
const SYSTEMS = new Set(Object.values(Bowser.OS_MAP))

/**
 * Reads a device in words of a fixed list, for a mail that a stranger causes. The header has no other way into the text.
 */
export function parseKnownDevice(userAgent: string | null): Omit<Device, 'device'> {
  const { browser, os } = parseDevice(userAgent)
  return {
    browser: browser !== null && BROWSERS.has(browser) ? browser : null,
    os: os !== null && SYSTEMS.has(os) ? os : null,
  }
}

function cutName(name: string | undefined): string | null {
  return name?.slice(0, NAME_MAX_CHARACTERS) || null
}
