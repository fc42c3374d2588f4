// Builds the Dockerfile from the sources, with every step, and starts the command line of the image: `npm run image`.
// It needs root, Debian and Buildah, and no registry of images: the base images are made from packages of Debian.

import { buildImage } from './build-image.ts'
import { run } from './run.ts'
import { runToEnd } from './run-image.ts'

const begun = Date.now()
const image = await buildImage(null)
try {
  const { code, output } = await runToEnd(image, { command: ['--version'] })
  const [size] = (await run('du', ['-sm', image.root])).split('\t')
  const seconds = Math.round((Date.now() - begun) / 1000)
  process.stdout.write(`latchkey ${output.trim()}: ${size} MB, built in ${seconds} s\n`)
  process.exitCode = code ?? 1
} finally {
  await image.remove()
}
