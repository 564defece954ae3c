// A whole workout driven by virtual-alexa from the interaction model alone: a client that nobody here wrote.
// Usage: node virtual_workout.mjs URL MODEL [SKILL_ID] [APL_VERSION]   With a version it is an Echo Show. Prints one JSON line an answer; the test that starts it reads them.
import { createRequire } from "node:module";
import { basename } from "node:path";
const require = createRequire(import.meta.url);
const { VirtualAlexa } = require("virtual-alexa");

// What is said, by language: to begin ("" where virtual-alexa does not know the language's launch words: it launches),
// the bands, two questions, ready, the end of a set, and how many it was.
const SAID = {
  en: ["open glute workout", "yellow red and green", "what band should i use", "why", "ready", "i can't do any more", "i did 13 reps"],
  de: ["", "gelb rot und grün", "welches band soll ich nehmen", "warum", "bereit", "ich kann nicht mehr", "es waren 13"],
};
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
  const answer = words ? await alexa.utter(words) : await alexa.launch();
  console.log(JSON.stringify({ said: words, answer }));
}

const [begin, bands, which, why, ready, failed, reps] = SAID[locale.slice(0, 2)];
await say(begin, 0);
for (const words of [bands, which, why, ready]) await say(words, 4);
for (let set = 0; set < 6; set += 1) {
  await say(failed, 95 + (set % 2 === 0 && set > 0 ? 60 : 10));
  await say(reps, 3);
}
