import type { CookieAttributes } from '@latchkey/client/ssr'

declare global {
  namespace App {
    /** An application adds its own fields. */
    interface Locals {
      readonly [name: symbol]: never
    }
  }
}

/** The cookies of an event. */
export interface Cookies {
  get(name: string): string | undefined
  set(name: string, value: string, attributes: CookieAttributes): void
}

/** The parts of an event that the guide uses. */
export interface RequestEvent {
  cookies: Cookies
  locals: App.Locals
  request: Request
  getClientAddress(): string
}

/** The hook that every request passes. */
export type Handle = (input: {
  event: RequestEvent
  resolve(event: RequestEvent): Promise<Response>
}) => Promise<Response>

/** Leaves a load function or an action, as that of SvelteKit does. */
export function redirect(status: number, location: string): never {
  throw { status, location }
}

/** Answers a load function with the page of errors, as that of SvelteKit does. */
export function error(status: number, message: string): never {
  throw { status, body: { message } }
}

/** Answers an action with its page, as that of SvelteKit does. */
export function fail<Data>(status: number, data: Data): { status: number; data: Data } {
  return { status, data }
}
