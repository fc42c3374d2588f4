import { Window } from 'happy-dom'
import { vi } from 'vitest'

/** Opens a page for React to render to. The network stays that of Node. */
export function openDom(parts: ('localStorage' | 'FormData')[] = []): Window {
  const window = new Window({ url: 'http://localhost:5173/' })
  window.document.body.innerHTML = '<div id="root"></div>'
  for (const name of ['window', 'document', 'HTMLIFrameElement', 'Event', ...parts] as const)
    vi.stubGlobal(name, window[name])
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window))
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window))
  return window
}

/** Presses the button with this text. */
export function press({ document }: Window, text: string): void {
  const buttons = [...document.querySelectorAll('button')]
  buttons.find(({ textContent }) => textContent === text)?.click()
}
