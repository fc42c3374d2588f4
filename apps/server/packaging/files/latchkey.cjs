#!/usr/bin/env node
// Node 12 can read this file too, so that an old Node says what is missing. The server is in ../dist.
const { availableParallelism } = require('os')
const { join } = require('path')
const { pathToFileURL } = require('url')
const { engines, version } = require('../package.json')

const needed = engines.node.replace(/^\D*/, '')
if (isEnough(readNumbers(process.versions.node), readNumbers(needed))) {
  // Passwords are hashed on the threads of libuv. It reads this when the first of them is needed.
  if (!process.env.UV_THREADPOOL_SIZE) process.env.UV_THREADPOOL_SIZE = String(availableParallelism() + 4)
  import(pathToFileURL(join(__dirname, '../dist/cli.js')).href)
} else {
  const present = process.versions.node
  console.error(
    `Latchkey ${version} needs Node ${needed} or newer, and this is Node ${present}. See https://nodejs.org`,
  )
  process.exitCode = 1
}

function isEnough(present, least) {
  const index = least.findIndex((number, place) => present[place] !== number)
  return index === -1 || present[index] > least[index]
}

function readNumbers(text) {
  return text.split('.').map(Number)
}
