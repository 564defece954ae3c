// What virtual-alexa makes of phrases, by the interaction models alone.
// Usage: node resolve.mjs FOLDER < PHRASES   PHRASES is JSON: a list for each locale. Prints each phrase's intent.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
const require = createRequire(import.meta.url);
const { VirtualAlexa } = require("virtual-alexa");

const resolved = {};
for (const [locale, phrases] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const alexa = VirtualAlexa.Builder()
    .handler((event, context, done) => done(null, { version: "1.0", response: {}, request: event.request }))
    .interactionModelFile(join(process.argv[2], `${locale}.json`))
    .create();
  resolved[locale] = {};
  for (const said of phrases) {
    try {
      const { request } = await alexa.utter(said);
      resolved[locale][said] = request.intent.name;
    } catch (error) {
      resolved[locale][said] = error.message;
    }
  }
}
console.log(JSON.stringify(resolved));
