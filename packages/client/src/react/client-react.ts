import * as React from 'react'

// Under the condition `react-server` React lacks these parts. A named import of a missing part would fail before any code
// runs, also in a module that uses a type alone.

/** `createContext` of React. */
export const createContext: typeof React.createContext = React.createContext ?? (() => ({ Provider: refuse }))

/** `useContext` of React. */
export const useContext: typeof React.useContext = React.useContext ?? refuse

/** `useEffect` of React. */
export const useEffect: typeof React.useEffect = React.useEffect ?? refuse

/** `useSyncExternalStore` of React. */
export const useSyncExternalStore: typeof React.useSyncExternalStore = React.useSyncExternalStore ?? refuse

function refuse(): never {
  throw new Error(
    "@latchkey/client/react works in client components: begin the file that imports it with 'use client'.",
  )
}
