/** The most that the 99th percentile of a refresh in a flood may be, of that beside an equal burn of the processor. */
export const FLOOD_AIM = 3

/** The most that a median with many accounts may be, of that with few. */
export const SCALE_AIM = 1.3
