/** The most connections of one user. */
export const MOST_CONNECTIONS = 20
