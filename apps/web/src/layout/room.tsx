import type { ReactNode } from 'react'

interface RoomProps {
  /** The longest sentence that may appear; a line break starts a paragraph. */
  fits: string
  className?: string
  /** One above the other: the first one that is not empty is seen. */
  children: ReactNode
}

/**
 * Keeps room for what may appear, so that nothing below moves when it does.
 *
 * The room is as high as its longest sentence needs at the width there is. What is longer still scrolls inside it.
 */
export function Room({ fits, className = '', children }: RoomProps) {
  return (
    <div className={`room ${className}`} data-fits={fits}>
      {children}
    </div>
  )
}

interface LabelProps {
  /** What the button says now. */
  says: string
  /** What it says at another time. */
  or: string
}

/** The words of a button that change: it is as wide as the longer ones. */
export function Label({ says, or }: LabelProps) {
  return (
    <span className="label" data-or={or}>
      {says}
    </span>
  )
}
