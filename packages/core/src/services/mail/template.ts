/** The three parts of a mail, as mustache. */
export interface Template {
  subject: string
  text: string
  html: string
}

/** One of the parts. */
export type TemplatePart = keyof Template
