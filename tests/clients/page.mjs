// What a trainee does on the page, without a voice: `node page.mjs SCENARIO URL [FILE] [...]` prints what was seen as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LISTENS, open, say, shown, toFirstCount, until, visit } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [scenario, url, file, ...rest] = process.argv.slice(2);

const grave = async (page) => {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run());
  return found.violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
};

const isWide = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

const scenarios = {
  // Every state at one width in one light: pictures to look at, axe, other hosts, anything that overflows.
  async look() {
    const [width, height, colorScheme] = rest;
    const browser = await open();
    const viewport = { width: Number(width), height: Number(height) };
    const page = await visit(await browser.newContext({ viewport, colorScheme, bypassCSP: true }), url);
    const states = [];
    const note = async (state) => {
      if (file) await page.screenshot({ path: `${file}/${state}-${width}-${colorScheme}.png`, fullPage: true });
      states.push({ state, grave: await grave(page), isWide: await isWide(page) });
    };
    await page.waitForSelector("#ask:not([hidden])");
    await note("first");
    await page.click("#no-microphone");
    await note("typing");
    await say(page, "start glute workout");
    await note("talking");
    await toFirstCount(page);
    await note("rest");
    await until(page, { rep: "1", phase: "eccentric" });
    await note("set");
    await page.click("#talk");
    await note("stopped");
    await page.route("**/speaker/say", (route) => route.abort());
    await page.fill("#text", "I'm done");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#message:not([hidden])");
    await note("wrong");
    page.wrong = page.wrong.filter((each) => !each.includes("ERR_FAILED"));
    await page.goto(`${url}/progress`);
    await note("progress");
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

  // Without a sound card, and with one.
  async loudspeaker() {
    const told = [];
    for (const flags of [[], LISTENS]) {
      const browser = await open(flags);
      const page = await visit(await browser.newContext(), url);
      await page.waitForSelector("#loudspeaker[data-looked]", { state: "attached" });
      await say(page, "start glute workout");
      told.push({ loudspeaker: await page.textContent("#loudspeaker"), ...(await shown(page)) });
      await browser.close();
    }
    return told;
  },

  // The keyboard alone: to the field, a whole beginning, the space bar into the count, and on with it.
  async keyboard() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden])");
    const focused = [];
    for (let nth = 0; nth < 6; nth += 1) {
      await page.keyboard.press("Tab");
      focused.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent));
    }
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Space");
    await until(page, { turn: "1" });
    const begun = await shown(page);
    for (const text of ["yellow red and green", "ready"]) await say(page, text);
    await until(page, { rep: "1" });
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Space");
    const stopped = await shown(page);
    const isInField = await page.evaluate(() => document.activeElement.id === "text");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Space");
    await until(page, { phase: "isometric_hold" });
    const goesOn = await shown(page);
    await browser.close();
    return { focused, begun, stopped, isInField, goesOn };
  },

  // A reload in mid-set: where the sound stood before, and after.
  async reload() {
    const browser = await open(["--autoplay-policy=no-user-gesture-required"]);
    const page = await visit(await browser.newContext(), url);
    await toFirstCount(page);
    await until(page, { rep: "1", phase: "isometric_hold" });
    const before = JSON.parse(await page.evaluate(() => sessionStorage.getItem("coach.now"))).at_s;
    await page.reload();
    await until(page, { rep: "1", phase: "eccentric" });
    const after = JSON.parse(await page.evaluate(() => sessionStorage.getItem("coach.now"))).at_s;
    await say(page, "I'm done");
    const done = await shown(page);
    await browser.close();
    return { before, after, done };
  },

  // As above in a browser that wants a press before any sound.
  async press() {
    const browser = await open(["--autoplay-policy=document-user-activation-required"]);
    const page = await visit(await browser.newContext(), url);
    await toFirstCount(page);
    await until(page, { rep: "1" });
    await page.reload();
    await page.waitForSelector("#message:not([hidden])");
    const waiting = await shown(page);
    await page.click("#talk");
    await until(page, { phase: "isometric_hold" });
    const goesOn = await shown(page);
    await browser.close();
    return { waiting, goesOn };
  },

  // Two pages: the second stands back, and takes over when it is asked to.
  async two() {
    const browser = await open();
    const context = await browser.newContext();
    const first = await visit(context, url);
    await toFirstCount(first);
    const second = await visit(context, url);
    await second.waitForSelector("#elsewhere:not([hidden])");
    const asked = [await shown(first), await shown(second)];
    await second.click("#take-over");
    await first.waitForSelector("#elsewhere:not([hidden])");
    const taken = [await shown(first), await shown(second)];
    const isSilent = await first.evaluate(() => document.body.dataset.state !== "set" || document.getElementById("talk-says").textContent !== "Stop and talk");
    await browser.close();
    return { asked, taken, isSilent };
  },

  // One microphone after the other; FILE is a sound for the one that exists.
  async microphone() {
    const flags = file ? [...LISTENS, `--use-file-for-fake-audio-capture=${file}`] : [];
    const browser = await open(flags);
    const page = await visit(await browser.newContext({ permissions: ["microphone"] }), url);
    await page.waitForSelector("#message:not([hidden])");
    const told = await shown(page);
    await say(page, "start glute workout");
    const typed = await shown(page);
    await browser.close();
    return { told, typed };
  },

  // Until the page has sent some three seconds of what its microphone heard.
  async listen() {
    const browser = await open([...LISTENS, `--use-file-for-fake-audio-capture=${file}`]);
    const page = await visit(await browser.newContext({ permissions: ["microphone"] }), url);
    for (let bytes = 0; bytes < 100000;) {
      const heard = await page.waitForResponse((answer) => answer.url().includes("/speaker/hear"));
      bytes += heard.request().postDataBuffer()?.length ?? 0;
    }
    const heard = await shown(page);
    await browser.close();
    return heard;
  },

  async refused() {
    const browser = await open(["--use-fake-device-for-media-stream", "--deny-permission-prompts"]);
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden]), #message:not([hidden])");  // the browser is asked first
    const asked = await shown(page);
    if (asked.asks) await page.click("#use-microphone");
    await page.waitForSelector("#message:not([hidden])");
    const told = await shown(page);
    await say(page, "start glute workout");
    const typed = await shown(page);
    await browser.close();
    return { asked, told, typed };
  },

  // Whoever wants less motion sees the hand step once a second: in how many places it stood in how many seconds.
  async still() {
    const browser = await open();
    const seen = [];
    for (const reducedMotion of ["reduce", "no-preference"]) {
      const page = await visit(await browser.newContext({ reducedMotion }), url);
      await toFirstCount(page);
      await until(page, { rep: "1", phase: "isometric_hold" });
      const places = await page.evaluate(async () => {
        const hand = document.getElementById("hand");
        const found = new Set();
        const seconds = new Set();
        for (let nth = 0; nth < 60; nth += 1) {
          const { rep, phase, second } = document.body.dataset;
          found.add(hand.getAttribute("cx"));
          seconds.add([rep, phase, second].join());
          await new Promise(requestAnimationFrame);
        }
        return [found.size, seconds.size];
      });
      seen.push(places);
      await page.context().close();
    }
    await browser.close();
    return seen;
  },

  // The coach goes away in mid-set: the count goes on, and what is said into it is not lost on a blank page.
  async gone() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await toFirstCount(page);
    await until(page, { rep: "1" });
    await page.route("**/speaker/say", (route) => route.abort());
    await page.fill("#text", "I'm done");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#message:not([hidden])");
    const told = await shown(page);
    await page.unroute("**/speaker/say");
    await say(page, "I'm done");
    const back = await shown(page);
    await browser.close();
    return { told, back };
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
