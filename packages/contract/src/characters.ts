/**
 * Code points that show nothing (default-ignorable), and code points without a meaning yet. Two texts that differ in
 * them look the same, or will be read differently by a later version of Unicode.
 */
export const INVISIBLE_OR_UNASSIGNED = /[\p{Default_Ignorable_Code_Point}\p{Cn}]/u

/** Bidirectional overrides, embeddings and isolates. They reverse the text around them. */
export const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/u

/** A text that shows nothing: white space, format characters, marks without a letter, blank letters and signs. */
export const SHOWS_NOTHING =
  /^[\p{Default_Ignorable_Code_Point}\p{C}\p{Z}\p{M}\u2800\u{13441}\u{13442}\u{1D159}]+$/u
