// How the page looks in each of its states, and how fast and heavy it comes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { open, say, shown, until, visit } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const grave = async (page) => {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run());
  return found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
};

// What can be done now, the ring and its leg, where they are not to be seen without scrolling.
const outOfSight = (page) => page.evaluate(() => {
  if (document.querySelector("dialog[open]")) return [];
  const isSeen = ({ top, bottom, left, right }) => top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
  const wanted = [...document.querySelectorAll("#answers button, #talk, #bands-done, .ring, #leg")].filter((each) => each.offsetParent);
  return wanted.filter((each) => !isSeen(each.getBoundingClientRect())).map((each) => each.textContent);
});

// What is said or drawn and stands half behind the buttons, which stay at the bottom.
const halfBehind = (page) => page.evaluate(() => {
  const { top, left, right, height } = document.querySelector(".controls")?.getBoundingClientRect() ?? {};
  if (!height || document.querySelector("dialog[open]")) return [];
  const shown = ["#leg", "#drawing svg", "#coach", "#heard"].map((each) => document.querySelector(each)).filter((each) => each?.checkVisibility());
  return shown.filter((each) => {
    const box = each.getBoundingClientRect();
    return box.top < top && box.bottom > top + 2 && box.left < right && box.right > left;
  }).map((each) => each.id || each.getAttribute("class"));
});

const isDrawn = (page) => page.evaluate(() => document.querySelector("#drawing svg")?.checkVisibility() ?? false);

export const isWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

export const looks = ({ url, file, rest }) => ({
  // Every state at one width in one light: pictures to look at, axe, other hosts, anything that overflows.
  async look() {
    const [width, height, colorScheme] = rest;
    const browser = await open();
    const viewport = { width: Number(width), height: Number(height) };
    const page = await visit(await browser.newContext({ viewport, colorScheme, bypassCSP: true }), url);
    const states = [];
    const note = async (state) => {
      await page.waitForTimeout(200);
      if (file) await page.screenshot({ path: `${file}/${state}-${width}x${height}-${colorScheme}.png` });
      states.push({ state, grave: await grave(page), isWide: await isWide(page), hidden: await outOfSight(page), half: await halfBehind(page), isDrawn: await isDrawn(page) });
    };
    const tap = async (selector) => {
      const turn = await page.evaluate(() => document.body.dataset.turn);
      await page.click(selector);
      await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    };
    await page.waitForSelector("#ask:not([hidden])");
    await note("first");
    await page.click("#no-microphone");
    await note("welcome");
    await page.click("#to-settings");
    await note("settings");
    await page.keyboard.press("Escape");
    await tap("#talk");
    if (await page.isVisible("#tray")) {
      for (const band of ["yellow", "red", "green"]) await page.click(`#tray [data-band=${band}]`);
      await note("bands");
      await tap("#bands-done");
    }
    await note("ready");
    await tap("#answers .main");
    await note("rest");
    await until(page, { rep: "1", phase: "eccentric" });
    await note("set");
    await page.keyboard.press("Escape");
    await note("stopped");
    await tap("#answers [data-says=\"I'm done\"]");
    await note("next");
    await tap("#answers .pain");
    await note("pain");
    await page.route("**/speaker/say", (route) => route.abort());
    const { turn } = await shown(page);
    await page.click("#answers .pain");
    await page.waitForSelector("#message:not([hidden])");
    await note("wrong");
    await page.unroute("**/speaker/say");
    await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    await page.waitForSelector("#put-right .mistake");
    await note("tilt");
    for (let nth = 0; nth < 4 && !(await page.isVisible("#card")); nth += 1) await tap("#answers .pain");
    await note("over");
    page.wrong = page.wrong.filter((each) => !each.includes("ERR_FAILED"));
    await page.click("#to-progress");
    await page.waitForSelector("#history h1");
    await note("progress");
    await page.click("#back");
    await page.click("#to-settings");
    await page.click("#another");
    await note("people");
    await page.keyboard.press("Escape");
    await page.goto(`${url}/progress`);
    await page.emulateMedia({ media: "print" });
    await note("print");
    await browser.close();
    return { states, wrong: page.wrong, hosts: [...page.hosts] };
  },

  // What the browser itself says of the first picture, and of the weight that it loaded.
  async paint() {
    const browser = await open();
    const paints = [];
    for (let nth = 0; nth < 5; nth += 1) {
      const page = await visit(await browser.newContext(), url);
      await page.waitForTimeout(400);
      paints.push(await page.evaluate(() => ({
        paint_ms: performance.getEntriesByName("first-contentful-paint")[0].startTime,
        bytes: [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].reduce((sum, each) => sum + each.transferSize, 0),
      })));
      await page.context().close();
    }
    await browser.close();
    return paints;
  },
});
