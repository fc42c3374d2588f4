// Bundles a program as React Native does: node bundle-native.cjs <packages> <project> <with or without exports>
const { createRequire } = require('node:module')
const { join } = require('node:path')

const [, , packages, projectRoot, exportsOfPackages] = process.argv
const requireNative = createRequire(join(packages, 'package.json'))
const { getDefaultConfig } = requireNative('@react-native/metro-config')
const Metro = createRequire(requireNative.resolve('@react-native/metro-config'))('metro')

async function main() {
  const config = await Metro.loadConfig({ cwd: projectRoot }, getDefaultConfig(projectRoot))
  await Metro.runBuild(
    {
      ...config,
      projectRoot,
      watchFolders: [projectRoot, join(packages, 'node_modules')],
      maxWorkers: 1,
      reporter: { update: () => {} },
      resolver: {
        ...config.resolver,
        nodeModulesPaths: [join(projectRoot, 'node_modules'), join(packages, 'node_modules')],
        unstable_enablePackageExports: exportsOfPackages === 'with',
      },
    },
    {
      entry: 'native.js',
      out: join(projectRoot, 'native.bundle.js'),
      platform: 'ios',
      dev: false,
      minify: false,
    },
  )
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error)
    process.exit(1)
  },
)
