import type { SocialWindow } from '../../src/social/page.ts'

/** A window with an app at an address, and what its tab keeps. */
export function createAppWindow(href: string): { window: SocialWindow; kept: Map<string, string> } {
  const kept = new Map<string, string>()
  const go = (address: string) => {
    window.location.href = address
  }
  const window: SocialWindow = {
    sessionStorage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    location: { href, assign: go },
    history: { state: null, replaceState: (_state, _unused, address) => go(address) },
  }
  return { window, kept }
}
