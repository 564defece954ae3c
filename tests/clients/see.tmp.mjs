import { open, say, shown, toFirstCount, until, visit } from "./chromium.mjs";
const [url, out, sizes, lights, only] = process.argv.slice(2);
const browser = await open();
for (const size of sizes.split(",")) for (const colorScheme of lights.split(",")) {
  const [width, height] = size.split("x").map(Number);
  const ctx = await browser.newContext({ viewport: { width, height }, colorScheme, hasTouch: width < 900, serviceWorkers: "block" });
  const page = await visit(ctx, url);
  const wants = (name) => !only || only.split(",").includes(name);
  const note = async (name) => { if (wants(name)) { await page.waitForTimeout(250);
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
    console.log(name, size, colorScheme, "over", over.join(","));
    await page.screenshot({ path: `${out}/${name}-${size}-${colorScheme}.png` }); } };
  try {
    await page.waitForSelector("#ask:not([hidden])"); await note("first");
    await page.click("#no-microphone"); await note("welcome");
    await say(page, "delete my data"); await say(page, "yes"); await note("idle");
    await page.evaluate(() => { sessionStorage.clear(); addEventListener("pagehide", (e) => {}, true); }); await page.goto("about:blank");
    const ctx2 = ctx; await page.goto(url); await page.evaluate(() => sessionStorage.setItem("coach.types", "yes")); await page.reload(); await page.waitForTimeout(600);
    await page.click("#talk"); await page.waitForFunction(() => document.body.dataset.turn === "1"); await page.waitForTimeout(300);
    for (const b of ["yellow","red","green"]) { const el = await page.$(`#tray [data-band=${b}]`); if (el) await el.click(); }
    await note("bands");
    await page.click("#bands-done"); await page.waitForFunction(() => document.body.dataset.turn === "2"); await page.waitForTimeout(200);
    await note("ready");
    await page.click("#answers .main"); await page.waitForFunction(() => document.body.dataset.turn === "3");
    await page.waitForTimeout(600); await note("rest0");
    await until(page, { rep: "1", phase: "eccentric" }); await note("set");
    await page.keyboard.press("Escape"); await note("stopped");
    await page.click("#talk"); await page.waitForTimeout(300);
    await page.click("#answers [data-says=\"I'm done\"]"); await page.waitForTimeout(700); await note("after");
    const st = await shown(page);
    if (!("count" === (await page.evaluate(() => document.body.dataset.stage)))) { await say(page, "I did 12"); await page.waitForTimeout(400); await note("after2"); }
    const tap = async (text) => { await page.keyboard.press("Escape"); await page.waitForTimeout(100); await say(page, text); await page.waitForTimeout(400); };
    await tap("I did 12"); await note("rest");
    await tap("skip this set"); await note("skipped");
    await tap("that hurts"); await note("pain"); await tap("that hurts"); await note("pain2");
    await tap("it's gone"); await note("gone"); await tap("ready"); await tap("stop"); await note("bye");
    await tap("start glute workout"); await note("again"); await tap("yes"); 
    for (let n = 0; n < 12; n += 1) { const st = await page.evaluate(() => document.body.dataset.stage); if (st === "done") break; if (st === "count") await tap("skip the rest"); await tap("I did 13"); if (n === 1) { const q = await page.$("#row button"); if (q) { await q.click(); await note("numbers"); } } }
    await note("done");
  } catch (e) { console.log("ERR", size, e.message.split("\n")[0]); await page.screenshot({ path: `${out}/err-${size}.png` }); }
  if (page.wrong.length) console.log("WRONG", page.wrong.slice(0, 5));
  await ctx.close();
}
await browser.close();
