// A whole workout driven by virtual-alexa from the interaction model alone: a client that nobody here wrote.
// Usage: node virtual_workout.mjs URL MODEL WORDS [SKILL_ID] [APL_VERSION]   WORDS is `workout` of tests/languages, as JSON. With a version it is an Echo Show. Prints one JSON line an answer; the test that starts it reads them.
import { createRequire } from "node:module";
import { basename } from "node:path";
const require = createRequire(import.meta.url);
const { VirtualAlexa } = require("virtual-alexa");

const [url, model, words, skill = "amzn1.ask.skill.virtual", shows] = process.argv.slice(2);
const supportedInterfaces = shows ? { "Alexa.Presentation.APL": { runtime: { maxVersion: shows } } } : {};
const locale = basename(model, ".json");
const alexa = VirtualAlexa.Builder()
  .applicationID(skill)
  .skillURL(url)
  .interactionModelFile(model)
  .locale(locale)
  .create();
let clock = Date.parse("2026-03-02T18:00:00Z");
alexa.filter((request) => {
  request.request.timestamp = new Date(clock).toISOString().replace(/\.\d+Z$/, "Z");
  request.context.System.device = { deviceId: "amzn1.ask.device.virtual", supportedInterfaces };
});

async function say(words, seconds) {
  clock += seconds * 1000;
  const answer = words ? await alexa.utter(words) : await alexa.launch();
  console.log(JSON.stringify({ said: words, answer }));
}

const [begin, bands, which, why, ready, failed, reps] = JSON.parse(words);
await say(begin, 0);
for (const said of [bands, which, why, ready]) await say(said, 4);
for (let set = 0; set < 6; set += 1) {
  await say(failed, 95 + (set % 2 === 0 && set > 0 ? 60 : 10));
  await say(reps, 3);
}
