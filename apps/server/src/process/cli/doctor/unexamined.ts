/** The reason why a check was not made. */
export class Unexamined extends Error {
  override readonly name = 'Unexamined'
}
