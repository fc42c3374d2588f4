import { createElement, type FormEvent, type ReactElement, type ReactNode } from 'react'

type LinkListener = (event: { url: string }) => void
type AppStateStatus = 'active' | 'background' | 'inactive'
type AppStateListener = (state: AppStateStatus) => void

const linkListeners = new Set<LinkListener>()
const stateListeners = new Set<AppStateListener>()

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): { remove(): void } {
  listeners.add(listener)
  return { remove: () => listeners.delete(listener) }
}

// Functions by which a test opens links and puts the app into the background.
Object.assign(globalThis, {
  openLink: (url: string) => {
    for (const listener of linkListeners) listener({ url })
  },
  setAppState: (state: AppStateStatus) => {
    for (const listener of stateListeners) listener(state)
  },
})

export const Linking = {
  getInitialURL: async (): Promise<string | null> => null,
  addEventListener: (_type: 'url', listener: LinkListener) => subscribe(linkListeners, listener),
}

export const AppState = {
  addEventListener: (_type: 'change', listener: AppStateListener) => subscribe(stateListeners, listener),
}

interface Children {
  children?: ReactNode
}

export function View({ children }: Children): ReactElement {
  return createElement('div', null, children)
}

export function Text({ children }: Children): ReactElement {
  return createElement('span', null, children)
}

export function Button({ title, onPress }: { title: string; onPress: () => void }): ReactElement {
  return createElement('button', { type: 'button', onClick: () => onPress() }, title)
}

interface TextInputProps {
  value: string
  onChangeText: (text: string) => void
  placeholder?: string
  secureTextEntry?: boolean
  autoCapitalize?: 'none' | 'sentences' | 'words' | 'characters'
}

export function TextInput(props: TextInputProps): ReactElement {
  const { value, onChangeText, placeholder, secureTextEntry } = props
  const onInput = (event: FormEvent<HTMLInputElement>) => onChangeText(event.currentTarget.value)
  const type = secureTextEntry ? 'password' : 'text'
  return createElement('input', { type, placeholder, defaultValue: value, onInput })
}
