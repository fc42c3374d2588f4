import type { ReactNode } from 'react'

interface RoomProps {
  /** The longest sentence that may appear; a line break starts a paragraph. */
  fits: string
  className?: string
  /** Elements that lie on top of one another. The first element with content is visible. */
  children: ReactNode
}

/**
 * Keeps room for a message, so that everything below stays still when the message appears.
 *
 * The room has the height of its longest sentence at the current width. A longer message scrolls inside the room.
 */
export function Room({ fits, className = '', children }: RoomProps) {
  return (
    <div className={`room ${className}`} data-fits={fits}>
      {children}
    </div>
  )
}

interface LabelProps {
  /** The text of the button now. */
  says: string
  /** The text of the button in its other state. */
  or: string
}

/** Shows the text of a button that changes. The button has the width of the longer text. */
export function Label({ says, or }: LabelProps) {
  return (
    <span className="label" data-or={or}>
      {says}
    </span>
  )
}
