// What virtual-alexa makes of phrases, by the interaction model alone.
// Usage: node resolve.mjs MODEL < phrases   Prints a JSON line a phrase: what was said, the intent, its slots.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
const require = createRequire(import.meta.url);
const { VirtualAlexa } = require("virtual-alexa");

const alexa = VirtualAlexa.Builder()
  .handler((event, context, done) => done(null, { version: "1.0", response: {}, request: event.request }))
  .interactionModelFile(process.argv[2])
  .create();

for await (const said of createInterface({ input: process.stdin })) {
  let found = null;
  try {
    const answer = await alexa.utter(said);
    found = { intent: answer.request.intent.name, slots: answer.request.intent.slots };
  } catch (error) {
    found = { intent: null, error: error.message };
  }
  console.log(JSON.stringify({ said, ...found }));
}
