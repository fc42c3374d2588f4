/** A mistake in a setting of mail. The sentence begins with the name of the setting and does not repeat its value. */
export class MailSettingMistake extends Error {
  override readonly name = 'MailSettingMistake'
}
