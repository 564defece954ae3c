// A whole workout driven by virtual-alexa from the interaction model alone: a client that nobody here wrote.
// Usage: node virtual_workout.mjs URL MODEL [SKILL_ID] [APL_VERSION]   With a version it is an Echo Show. Prints one JSON line an answer; the test that starts it reads them.
import { createRequire } from "node:module";
import { basename } from "node:path";
const require = createRequire(import.meta.url);
const { VirtualAlexa } = require("virtual-alexa");

const [url, model, skill = "amzn1.ask.skill.virtual", shows] = process.argv.slice(2);
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
  const answer = await alexa.utter(words);
  console.log(JSON.stringify({ said: words, answer }));
}

await say("open glute workout", 0);
await say("yellow red and green", 4);
await say("what band should i use", 4);
await say("why", 4);
await say("ready", 4);
for (let set = 0; set < 6; set += 1) {
  await say("i can't do any more", 95 + (set % 2 === 0 && set > 0 ? 60 : 10));
  await say("i did 13 reps", 3);
}
