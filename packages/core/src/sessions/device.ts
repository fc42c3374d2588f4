import Bowser from 'bowser'

/** A device as its owner would recognise it in a list. */
export interface Device {
  browser: string | null
  os: string | null
  device: string | null
}

const UNKNOWN: Device = { browser: null, os: null, device: null }

/**
 * Reads a User-Agent header.
 *
 * A program that is no browser is named by its first product token: `curl`, `python-requests`.
 */
export function parseDevice(userAgent: string | null): Device {
  if (!userAgent) return UNKNOWN
  const { browser, os, platform } = Bowser.parse(userAgent)
  const product = /^([\w.-]{1,40})\//.exec(userAgent)?.[1]
  const model = [platform.vendor, platform.model].filter(Boolean).join(' ')
  return {
    browser: browser.name || (product === 'Mozilla' ? null : (product ?? null)),
    os: os.name || null,
    device: model || platform.type || null,
  }
}
