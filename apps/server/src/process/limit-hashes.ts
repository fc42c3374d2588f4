const KIB = 1024
/** The other half is for the process itself. */
const SHARE_OF_MEMORY = 0.5
/** The number of hashes that may wait. They take a few seconds. The next caller is asked to come back. */
const WAITING_HASHES_PER_RUNNING = 100

/**
 * Computes how many hashes of passwords may run at once, and how many may wait.
 *
 * A container without a limit of processors sees every core of its machine. One hash for each of 64 cores would need more
 * memory than the container has, so a flood of sign-ins would end the process.
 *
 * @param input.memoryBytes - the limit of the memory of this process; 0 when it has none
 * @param input.hashKib - the memory of one hash
 */
export function limitHashes(input: { cores: number; memoryBytes: number; hashKib: number }) {
  const { cores, memoryBytes, hashKib } = input
  const fitting = memoryBytes > 0 ? Math.floor((memoryBytes * SHARE_OF_MEMORY) / (hashKib * KIB)) : cores
  const concurrency = Math.max(1, Math.min(cores, fitting))
  return { concurrency, queue: concurrency * WAITING_HASHES_PER_RUNNING }
}
