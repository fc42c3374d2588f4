// node lint.mjs <document>: prints what the recommended rules of Redocly and Spectral say of a document, as JSON.
import { readFile } from 'node:fs/promises'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectral from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'

const source = await readFile(process.argv[2], 'utf8')

const config = await createConfig({ extends: ['recommended'] })
const ofRedocly = await lintFromString({ source, config })

const linter = new spectral.Spectral()
linter.setRuleset({ extends: [[rulesets.oas, 'recommended']], rules: {} })
const ofSpectral = await linter.run(JSON.parse(source))

const problems = [
  ...ofRedocly.map(({ ruleId, location, message }) => ({
    rule: `redocly ${ruleId}`,
    where: location[0]?.pointer ?? '',
    message,
  })),
  ...ofSpectral.map(({ code, path, message }) => ({
    rule: `spectral ${code}`,
    where: path.join(' '),
    message,
  })),
]
console.log(JSON.stringify(problems, null, 1))
