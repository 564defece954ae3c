import { open } from "./chromium.mjs";
import { readFileSync } from "node:fs";
const [out, h, ...files] = process.argv.slice(2);
const b = await open(); const p = await (await b.newContext({ viewport: { width: 2000, height: 900 } })).newPage();
const imgs = files.map((f) => `<img style="height:${h}px;border:1px solid #888;margin:4px" src="data:image/png;base64,${readFileSync(f).toString("base64")}">`).join("");
await p.setContent(`<div id=x style="display:inline-flex;flex-wrap:wrap;max-width:1980px;background:#777">${imgs}</div>`);
await p.waitForTimeout(300); await (await p.$("#x")).screenshot({ path: out }); await b.close();
