/** Settings of a server that counts no calls: many runtimes make the journey from one address. */
export const LIMITS_OFF = {
  THROTTLE_ANON: 'off',
  THROTTLE_USER: 'off',
  THROTTLE_REFRESH: 'off',
  THROTTLE_LOGIN: 'off',
}
