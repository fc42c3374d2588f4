export { SIGNING_ALGORITHMS, type SigningAlgorithm } from '@latchkey/contract/algorithms'
