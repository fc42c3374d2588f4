const KIB = 1024
/** The other half is for the process itself. */
const SHARE_OF_MEMORY = 0.5
/** The number of hashes that may wait. They take a few seconds. The next caller is asked to come back. */
const WAITING_HASHES_PER_RUNNING = 100
/** A hash of another deployment may need much more memory than one of ours: 100 MiB for Django's Argon2. */
const MAX_MEMORY_KIB = 512 * KIB

/**
 * Computes how many hashes of passwords may run at once, and how many may wait.
 *
 * A container without a limit of processors sees every core of its machine. One hash for each of 64 cores would need more
 * memory than the container has, so a flood of sign-ins would end the process.
 *
 * The hashes of other deployments have a budget of memory beside that, in which hashes of ours never wait.
 *
 * @param input.memoryBytes - the limit of the memory of this process; 0 when it has none
 * @param input.hashKib - the memory of one hash
 */
export function limitHashes(input: { cores: number; memoryBytes: number; hashKib: number }) {
  const { cores, memoryBytes, hashKib } = input
  const shareKib = memoryBytes > 0 ? (memoryBytes * SHARE_OF_MEMORY) / KIB : Number.POSITIVE_INFINITY
  const fitting = Math.floor(shareKib / hashKib)
  const concurrency = Math.max(1, Math.min(cores, fitting))
  const memoryKib = Math.max(concurrency * hashKib, Math.min(MAX_MEMORY_KIB, Math.floor(shareKib)))
  return { concurrency, queue: concurrency * WAITING_HASHES_PER_RUNNING, memoryKib }
}
