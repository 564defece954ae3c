// What Amazon's schema of APL finds in documents: `node apl_schema.mjs DOCUMENTS.json`, a list; prints a line for each finding.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const { StaticAplTemplateValidator } = createRequire(import.meta.url)("apl-suggester");

const validator = new StaticAplTemplateValidator();
const documents = JSON.parse(readFileSync(process.argv[2], "utf-8"));
for (const [nth, document] of documents.entries()) {
  for (const found of await validator.validate(document)) console.log(JSON.stringify({ nth, ...found }));
}
console.log(JSON.stringify({ looked_at: documents.length }));
