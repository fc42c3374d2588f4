const PATHS = {
  success: 'M5 12.5l4.5 4.5L19 7.5',
  mail: 'M4 6.5h16v11H4zM4 7l8 6.5L20 7',
  key: 'M14.5 14a4.5 4.5 0 1 0-4.2-2.8L4 17.5V20h3v-2h2v-2h2l1.4-1.4c.6.3 1.3.4 2.1.4zM15.5 8.6v.1',
  warning: 'M12 7v6.5M12 17v.2',
  computer: 'M4 5.5h16v10.5H4zM9 19.5h6M12 16v3.5',
  phone: 'M8 3.5h8v17H8zM11 17.5h2',
  terminal: 'M4 5h16v14H4zM8 9.5l3 2.5-3 2.5M12.5 15h3.5',
} as const

/** The name of an icon of the portal. */
export type IconName = keyof typeof PATHS

/** Shows an icon in a tinted disc. Screen readers skip it, because the words beside it say the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <span className={name === 'warning' ? 'icon icon-warning' : 'icon'}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={PATHS[name]} />
      </svg>
    </span>
  )
}
