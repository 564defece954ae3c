import { open, say, shown, toFirstCount, until, visit } from "./chromium.mjs";
const [url, out, sizes, lights] = process.argv.slice(2);
const browser = await open();
for (const size of sizes.split(",")) for (const colorScheme of lights.split(",")) {
  const [width, height] = size.split("x").map(Number);
  const ctx = await browser.newContext({ viewport: { width, height }, colorScheme });
  const page = await visit(ctx, url);
  const note = async (name, full) => { await page.waitForTimeout(250); await page.screenshot({ path: `${out}/${name}-${size}-${colorScheme}.png`, fullPage: !!full });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (over > 0) console.log("WIDE", name, size, over); };
  try {
    await page.waitForTimeout(500);
    if (await page.evaluate(() => document.getElementById("people").open)) { await note("who"); await page.click(".person >> nth=0"); }
    await page.waitForSelector("#ask:not([hidden])"); await page.click("#no-microphone");
    await page.click("#to-settings"); await note("settings"); await page.keyboard.press("Escape");
    await page.click("#try"); await page.waitForTimeout(4500); await note("practice"); await page.keyboard.press("Escape");
    await page.click("#to-progress"); await page.waitForTimeout(800); await note("progress", true); await page.click("#back");
    await page.click("#to-settings"); await page.click("#another"); await note("adding");
    if (await page.isVisible("#own-name")) await page.fill("#own-name", "Ben");
    await page.fill("#new-name", "Anna " + size + colorScheme); await page.click("#add button"); await page.waitForTimeout(900); await note("anna");
    await page.click("#who"); await note("people");
  } catch (e) { console.log("ERR", size, e.message.split("\n")[0]); await page.screenshot({ path: `${out}/err2-${size}.png` }); }
  if (page.wrong.length) console.log("WRONG", page.wrong.slice(0, 5));
  await ctx.close();
}
await browser.close();
