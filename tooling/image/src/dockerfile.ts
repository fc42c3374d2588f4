/** The stages of a Dockerfile, with the lines before the first one. */
export interface Dockerfile {
  head: string
  stages: { name: string | null; image: string; text: string }[]
}

export function readDockerfile(text: string): Dockerfile {
  const [head = '', ...stages] = text.split(/^(?=FROM )/m)
  return {
    head,
    stages: stages.map((stage) => {
      const [, image = '', name = null] = /^FROM (\S+)(?: AS (\S+))?/.exec(stage) ?? []
      return { name, image, text: stage }
    }),
  }
}

/** Finds the images that the stages are built on, with the defaults of their arguments. */
export function listImages({ head, stages }: Dockerfile): string[] {
  const defaults = new Map(
    [...head.matchAll(/^ARG (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  )
  return [
    ...new Set(
      stages.map(({ image }) => image.replace(/^\$\{(\w+)\}$/, (_, name) => defaults.get(name) ?? '')),
    ),
  ]
}

/**
 * Replaces the stage that builds the package by a package that was built before. Every other line stays as it is.
 *
 * @param tarball - its path in the folder that is built
 */
export function takePackage({ head, stages }: Dockerfile, tarball: string): string {
  const rest = stages.filter(({ name }) => name !== 'build').map(({ text }) => text)
  return [head, `FROM scratch AS build\nCOPY ${tarball} /src/dist/\n\n`, ...rest].join('')
}
