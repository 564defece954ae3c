// The page in a browser, without a voice: `node page.mjs SCENARIO URL [FILE] [...]` prints what was seen as JSON.
import { written } from "./page_history.mjs";
import { looks } from "./page_looks.mjs";
import { machine } from "./page_machine.mjs";
import { training } from "./page_training.mjs";

const [scenario, url, file, ...rest] = process.argv.slice(2);
const told = { url, file, rest };
const scenarios = { ...looks(told), ...training(told), ...machine(told), ...written(told) };

console.log(JSON.stringify(await scenarios[scenario]()));
