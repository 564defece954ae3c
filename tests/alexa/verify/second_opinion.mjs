// What npm's alexa-verifier says of each case: one JSON line in, one out. It is used as published; only the name of
// the certificate host is led to the tests' own host, as a hosts file would, with that host's root as the trusted one,
// and its clock stands still at the instant for which the cases were made, however busy the machine is.
import https from 'https'
import fs from 'fs'
import { createRequire } from 'module'
import { pathToFileURL } from 'url'

const [casesFile, port, rootsFile, clients, now] = process.argv.slice(2)
const roots = fs.readFileSync(rootsFile)
const get = https.get
const Clock = Date
globalThis.Date = class extends Clock {
  constructor (...given) { super(...(given.length ? given : [Number(now)])) }
  static now () { return Number(now) }
}

https.get = (href, answer) => {
  const url = new URL(href)
  const options = { host: '127.0.0.1', port, path: url.pathname + url.search, servername: url.hostname, ca: roots, headers: { host: url.hostname } }
  return get(options, answer)
}

const path = createRequire(clients + '/').resolve('alexa-verifier')
const { default: verify } = await import(pathToFileURL(path))

const judge = async ({ name, url, signature, body }) => {
  try {
    await verify(url, signature, Buffer.from(body, 'base64').toString('utf8'))
    return { name, verdict: 'let-in', why: '' }
  } catch (error) {
    return { name, verdict: 'refused', why: String(error).slice(0, 120) }
  }
}

// What it throws outside of its promise would end the process, and what it never answers would hold it for ever.
let inHand
process.on('uncaughtException', (error) => inHand({ verdict: 'crashed', why: String(error).slice(0, 120) }))

for (const one of fs.readFileSync(casesFile, 'utf8').split('\n').filter(Boolean).map(JSON.parse)) {
  const spoilt = new Promise((resolve) => { inHand = resolve })
  const timer = setTimeout(inHand, 6000, { verdict: 'hangs', why: '' })
  console.log(JSON.stringify({ ...(await Promise.race([judge(one), spoilt])), name: one.name }))
  clearTimeout(timer)
}
process.exit(0)
