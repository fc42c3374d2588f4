/** Whether each package must have its texts in every language. While it is false, a missing file is no fault. */
export const COMPLETE: boolean = true
