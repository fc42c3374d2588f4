type Listener = (event: { url: string }) => void
const listeners = new Set<Listener>()

// A test opens links by this.
Object.assign(globalThis, {
  openLink: (url: string) => {
    for (const listener of listeners) listener({ url })
  },
})

export const Linking = {
  getInitialURL: async (): Promise<string | null> => null,
  addEventListener(_type: 'url', listener: Listener): { remove(): void } {
    listeners.add(listener)
    return { remove: () => listeners.delete(listener) }
  },
}
