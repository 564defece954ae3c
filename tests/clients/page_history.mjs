// The history on the page: a workout written down by hand, refused where it is nonsense, a number put right by tapping.
import { open, say, visit } from "./chromium.mjs";
import { grave, isWide } from "./page_looks.mjs";

export const written = ({ url, file, rest }) => ({
  async history() {
    const [width, height, colorScheme] = rest;
    const viewport = { width: Number(width), height: Number(height) };
    const browser = await open();
    const page = await visit(await browser.newContext({ viewport, colorScheme, bypassCSP: true }), url);
    const states = [];
    const look = async (state) => {
      if (file) await page.screenshot({ path: `${file}/history-${state}-${width}x${height}-${colorScheme}.png` });
      states.push({ state, grave: await grave(page), isWide: await isWide(page) });
    };
    const sent = (address, selector) => Promise.all([page.waitForResponse(`**/speaker/history/${address}`), page.click(selector)]);
    await page.waitForSelector("#ask:not([hidden])");
    await page.click("#to-progress");
    await page.click("#by-hand summary");
    await look("no-bands");
    const withoutBands = await page.textContent("#by-hand p");
    await page.click("#back");
    await say(page, "start glute workout");
    await say(page, "yellow red and green");
    await page.click("#to-progress");
    await page.click("#by-hand summary");
    await sent("workout", "#by-hand .main");
    await page.waitForSelector("#noted:not([hidden])");
    const refused = await page.textContent("#noted");
    for (const side of ["left", "right"]) {
      await page.selectOption(`#by-hand select[data-side=${side}]`, "red");
      for (const nth of [0, 1, 2]) await page.fill(`#by-hand input[data-side=${side}] >> nth=${nth}`, String(14 - nth));
    }
    await look("form");
    await sent("workout", "#by-hand .main");
    await page.waitForSelector("button.change", { state: "attached" });
    const kept = await page.textContent("#noted");
    await page.click("#history details:not(#by-hand) summary");
    await look("opened");
    await page.click("button.change >> nth=0");
    await page.fill(".new-number input", "1");
    await look("number");
    await sent("number", ".new-number button");
    await page.waitForFunction(() => document.querySelector("#history details:not(#by-hand) li").textContent.includes("1 rep "));
    const said = await page.textContent("#noted");
    await look("put-right");
    const sets = await page.$$eval("#history details:not(#by-hand) li", (all) => all.map((each) => each.textContent));
    await browser.close();
    return { states, withoutBands, refused, kept, said, sets, wrong: page.wrong.filter((each) => !each.includes("400")) };
  },
});
