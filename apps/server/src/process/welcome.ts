/** The address at which browsers and curl reach a listening server. */
export function describeAddress(host: string, port: number): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const name = isEverywhere || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** The first lines for a new operator: the address, the documentation, and a command to paste. */
export function describeWelcome(address: string): string {
  const person = JSON.stringify({
    email: 'ada@example.com',
    password1: 'correct horse battery',
    password2: 'correct horse battery',
    first_name: 'Ada',
    last_name: 'Lovelace',
  })
  return [
    '',
    `  Latchkey is ready at ${address}`,
    `  Account portal:      ${address}/account/`,
    `  Documentation:       ${address}/docs`,
    '',
    '  Try it:',
    `  curl -X POST ${address}/registration/ -H 'Content-Type: application/json' -d '${person}'`,
    '',
    '',
  ].join('\n')
}
