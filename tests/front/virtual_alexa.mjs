// A trainee at an Echo, as npm's virtual-alexa plays it: one line of JSON with what was heard for each thing said.
import { createRequire } from 'module'

const [url, model, skill, clients, ...said] = process.argv.slice(2)
const { VirtualAlexa } = createRequire(clients + '/')('virtual-alexa')
const alexa = VirtualAlexa.Builder().skillURL(url).interactionModelFile(model).applicationID(skill).create()
const speech = ({ response = {} }) =>
  (response.outputSpeech?.ssml ?? '') + (response.directives ?? []).map((one) => JSON.stringify(one)).join('')

const heard = []
for (const words of said) {
  try {
    const answer = words === 'start' ? await alexa.launch() : await alexa.utter(words)
    heard.push({ said: words, heard: speech(answer) })
  } catch (error) {
    heard.push({ said: words, refused: String(error) })
  }
}
console.log(JSON.stringify(heard))
