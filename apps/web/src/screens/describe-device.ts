import type { SessionInfo } from '@latchkey/client'
import type { Translate } from '../languages/create-messages.ts'
import type { IconName } from '../layout/icons.tsx'

/** The known parts of a device. */
export type Device = Pick<SessionInfo, 'browser' | 'os' | 'device'>

const GENERIC = ['desktop', 'mobile', 'tablet']
const MOBILE = /^(?:Android|iOS|iPadOS)$/

/** Describes the device of a session: `Firefox on Linux`, `Safari on Apple iPhone`. */
export function describeDevice({ browser, os, device }: Device, t: Translate): string {
  const machine = device && !GENERIC.includes(device) && device !== 'Apple' ? device : os
  if (browser && machine) return t('device.browserOnMachine', { browser, machine })
  return browser ?? machine ?? t('device.unknown')
}

/** Picks the icon of a device. */
export function pickDeviceIcon({ os, device }: Device): IconName {
  if (device === 'mobile' || device === 'tablet' || (os && MOBILE.test(os))) return 'phone'
  return os === null ? 'terminal' : 'computer'
}
