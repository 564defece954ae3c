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

// What can be done now and is not to be seen without scrolling.
const outOfSight = (page) => page.evaluate(() => {
  if (document.querySelector("dialog[open]")) return [];
  const isSeen = ({ top, bottom, left, right }) => top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1;
  const wanted = [...document.querySelectorAll("#answers button, #talk, #bands-done")].filter((each) => each.offsetParent);
  return wanted.filter((each) => !isSeen(each.getBoundingClientRect())).map((each) => each.textContent);
});

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
      await page.waitForTimeout(200);
      if (file) await page.screenshot({ path: `${file}/${state}-${width}x${height}-${colorScheme}.png` });
      states.push({ state, grave: await grave(page), isWide: await isWide(page), hidden: await outOfSight(page) });
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

  // The keyboard alone: through the page, a whole beginning, and the keys that stop, wherever the focus is.
  async keyboard() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden])");
    const focused = [];
    for (let nth = 0; nth < 10; nth += 1) {
      await page.keyboard.press("Tab");
      focused.push(await page.evaluate(() => document.activeElement.id || document.activeElement.textContent));
    }
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Space");
    await until(page, { turn: "1" });
    const begun = await shown(page);
    for (const text of ["yellow red and green", "ready"]) await say(page, text);
    await until(page, { rep: "1" });
    const seen = {};
    for (const [name, where, key] of [["field", "#text", "Space"], ["button", "#answers .main", "Space"], ["escape", "#text", "Escape"], ["words", "#text", "Escape"]]) {
      await page.focus(where);
      if (name === "words") await page.keyboard.type("I did twelve");
      await page.keyboard.press(key);
      seen[name] = await shown(page);
      seen[`${name}_text`] = await page.inputValue("#text");
      await page.fill("#text", "");
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("Space");
      await page.waitForSelector("body[data-playing]");
      seen[`${name}_goes_on`] = await shown(page);
    }
    await browser.close();
    return { focused, begun, ...seen };
  },

  // To the history and back in the middle of a set, and with a question open.
  async progress() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await say(page, "start glute workout");
    await page.click("#to-progress");
    await page.waitForSelector("#history h1");
    const empty = await page.textContent("#history");
    await page.goBack();
    const asked = await shown(page);
    await say(page, "yellow red and green");
    await say(page, "ready");
    await until(page, { rep: "1" });
    await page.click("#to-progress");
    await page.waitForSelector("#running:not([hidden])");
    await until(page, { rep: "1", phase: "eccentric" });
    await page.keyboard.press("Space");
    await page.click("#back");
    const stopped = await shown(page);
    await page.reload();
    await page.waitForSelector("#row .now");
    const reloaded = await shown(page);
    await browser.close();
    return { empty, asked, stopped, reloaded };
  },

  // A question that is open, before a reload and after it: the same buttons.
  async again() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await say(page, "start glute workout");
    await say(page, "yellow red and green");
    const buttons = () => page.$$eval("#answers button", (all) => all.map((each) => each.textContent));
    const before = [await buttons(), await shown(page)];
    await page.reload();
    await page.waitForSelector("#answers button");
    const after = [await buttons(), await shown(page)];
    await browser.close();
    return { before, after };
  },

  // Two people: asked who trains, each with bands of their own, and one removed on another page meanwhile.
  async people() {
    const browser = await open();
    const first = await visit(await browser.newContext(), url);
    await first.waitForSelector("#ask:not([hidden])");
    const isAskedAlone = await first.evaluate(() => document.getElementById("people").open);
    await first.click("#to-settings");
    await first.click("#another");
    await first.fill("#own-name", "Ben");
    await first.fill("#new-name", "Anna");
    await first.click("#add .main");
    await first.waitForFunction(() => document.getElementById("who-name").textContent === "Anna");
    await say(first, "start glute workout");
    await say(first, "yellow and blue");
    const annas = await first.$$eval("#row li", (all) => all.map((each) => each.title));
    const second = await visit(await browser.newContext(), url);
    await second.waitForSelector("#people[open]");
    const asked = await second.$$eval(".person", (all) => all.map((each) => each.textContent));
    await second.click(".person >> nth=0");
    await say(second, "start glute workout");
    const bens = await shown(second);
    second.on("dialog", (dialog) => dialog.accept());
    await second.click("#who");
    await second.click(".person >> nth=1");
    await second.waitForFunction(() => document.getElementById("who-name").textContent === "Anna" && document.readyState === "complete");
    await second.waitForTimeout(800);
    await second.click("#to-settings");
    await second.click("#forget");
    await second.waitForTimeout(800);
    await first.fill("#text", "ready");
    await first.keyboard.press("Enter");
    await first.waitForSelector("#people[open]");
    const removed = await first.textContent("#people-message");
    await browser.close();
    return { isAskedAlone, annas, asked, bens, removed };
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
    const left = await browser.newContext();
    const before = await visit(left, url);
    await toFirstCount(before);
    await until(before, { rep: "1" });
    const kept = await before.evaluate(() => ({ ...sessionStorage }));
    await left.close();
    // A browser that brings its tabs back. A mere reload may carry the press of before over, and a tab beside the old one
    // may find that it still holds the count.
    const back = await browser.newContext();
    await back.addInitScript((all) => { if (!sessionStorage.length) Object.assign(sessionStorage, all); }, kept);
    // Playwright looks into a page as if it had been pressed, and sound would be free. So the page tells by itself.
    await back.addInitScript(() => {
      const look = () => document.querySelector("#message[data-cause=press]:not([hidden])") && console.info("It waits for a press.");
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
    });
    const waits = back.waitForEvent("console", { predicate: (told) => told.text() === "It waits for a press.", timeout: 90000 });
    const page = await visit(back, url);
    await waits;
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
    const isSilent = await first.evaluate(() => !document.body.hasAttribute("data-playing"));
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

  // The network goes away in mid-set: the count goes on to be heard, and what was tapped is sent once when it is back.
  async gone() {
    const browser = await open();
    const context = await browser.newContext();
    const page = await visit(context, url);
    await toFirstCount(page);
    await until(page, { rep: "1" });
    await context.setOffline(true);
    await until(page, { rep: "2", phase: "concentric" });
    const counting = await shown(page);
    await page.click("#answers [data-says=\"I'm done\"]");
    await page.waitForSelector("#message:not([hidden])");
    await page.click("#answers [data-says=\"I'm done\"]");
    const told = await shown(page);
    await page.waitForTimeout(2500);
    const turn = told.turn;
    await context.setOffline(false);
    await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    const back = await shown(page);
    await browser.close();
    return { counting, told, back };
  },

  // What a phone is told: the lock screen, its keys, staying awake, the app that can be installed.
  async device() {
    const browser = await open();
    const context = await browser.newContext();
    await context.addInitScript(() => {
      window.awake = [];
      window.keys = {};
      navigator.wakeLock.request = async () => {
        window.awake.push("on");
        return { addEventListener() {}, release: async () => { window.awake.push("off"); } };
      };
      const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
      navigator.mediaSession.setActionHandler = (name, does) => { window.keys[name] = does; set(name, does); };
    });
    const page = await visit(context, url);
    await toFirstCount(page);
    await until(page, { rep: "2", phase: "isometric_hold" });
    const title = () => page.evaluate(() => navigator.mediaSession.metadata.title);
    const inSet = await title();
    await page.evaluate(() => window.keys.pause());
    await page.waitForSelector("body[data-paused]");
    const paused = await page.evaluate(() => navigator.mediaSession.playbackState);
    await page.evaluate(() => window.keys.play());
    await page.waitForSelector("body[data-playing]");
    const { turn } = await shown(page);
    await page.evaluate(() => window.keys.nexttrack());
    await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    const rest = await title();
    const cdp = await context.newCDPSession(page);
    const manifest = await cdp.send("Page.getAppManifest");
    const install = await cdp.send("Page.getInstallabilityErrors");
    await say(page, "that hurts");
    await page.waitForFunction(() => window.awake.at(-1) === "off");
    const awake = await page.evaluate(() => window.awake);
    await browser.close();
    return { inSet, paused, rest, awake, faults: manifest.errors, install: install.installabilityErrors };
  },

  // Browsers without what phones have: everything works as it did.
  async plain() {
    const browser = await open();
    const context = await browser.newContext();
    await context.addInitScript(() => {
      for (const name of ["wakeLock", "mediaSession", "vibrate", "userActivation", "serviceWorker", "mediaDevices"]) {
        delete Navigator.prototype[name];
      }
    });
    const page = await visit(context, url);
    await page.waitForSelector("#message:not([hidden]), #ask:not([hidden])");
    await toFirstCount(page);
    await until(page, { rep: "1", phase: "eccentric" });
    const seen = await shown(page);
    await browser.close();
    return { seen, wrong: page.wrong };
  },

  // One rep to try, and a number that is put right by tapping.
  async taps() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden])");
    await page.click("#try");
    await until(page, { rep: "1", phase: "eccentric" });
    await page.waitForFunction(() => document.body.dataset.stage === "welcome");
    const tried = await shown(page);
    await toFirstCount(page);
    await until(page, { rep: "3", phase: "concentric" });
    const step = async (does) => {
      const { turn } = await shown(page);
      await does();
      await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    };
    await step(() => page.click("#answers [data-says=\"I'm done\"]"));
    await page.click("#row button");
    await step(() => page.click("#numbers [data-says='I did 1']"));
    const asked = await shown(page);
    await browser.close();
    return { tried, asked };
  },

  // A number on the card of the finished workout, put right by tapping.
  async card() {
    const browser = await open();
    const page = await visit(await browser.newContext({ bypassCSP: true }), url);
    await toFirstCount(page);
    for (let nth = 0; nth < 6; nth += 1) {
      await page.evaluate(async () => {
        const { player } = await import("/speaker/player.js");
        player.pauseAt(player.count.picture.phases.find(({ rep, phase }) => rep === 9 && phase === "eccentric").at_ms + 500);
      });
      await say(page, "I'm done");
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const reps = () => page.$$eval("#card .bars", (legs) => legs.map((leg) => leg.innerText.split(/\s+/).filter(Boolean)));
    const before = await reps();
    const { turn } = await shown(page);
    await page.click("#card .bars button >> nth=0");
    const found = { grave: await grave(page), isWide: await isWide(page) };
    await page.click("#numbers [data-says^='I did 7 ']");
    await page.waitForFunction((was) => document.body.dataset.turn !== was, turn);
    const after = await reps();
    await browser.close();
    return { before, after, ...found };
  },

  // What Settings change: another voice, numbers alone in a set; and what they show after a reload.
  async settings() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden])");
    const look = async () => {
      await page.click("#to-settings");
      await page.waitForSelector("#form-cues:enabled");
      return page.evaluate(() => ({
        voices: [...document.querySelectorAll("#voice option:not([hidden])")].map((each) => each.value),
        voice: document.getElementById("voice").value,
        hasCues: document.getElementById("form-cues").checked,
      }));
    };
    const before = await look();
    await Promise.all([page.waitForResponse("**/speaker/people/change"), page.selectOption("#voice", before.voices.at(-1))]);
    await page.click("#form-cues");
    await until(page, { turn: "1" });
    const { coach, answers } = await shown(page);
    await page.reload();
    await page.waitForSelector("#ask:not([hidden])");
    const after = await look();
    await page.click("#form-cues");
    await page.waitForFunction(() => document.body.dataset.turn === "1");
    await browser.close();
    return { before, coach, answers, after };
  },

  // The answer is lost on its way back: what was said is sent again, and acted on once.
  async lost() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await toFirstCount(page);
    await until(page, { rep: "1", phase: "eccentric" });
    let nth = 0;
    await page.route("**/speaker/say", async (route) => {
      nth += 1;
      if (nth > 1) return route.continue();
      await route.fetch();
      return route.abort();
    });
    const { turn } = await shown(page);
    await page.click("#answers [data-says=\"I'm done\"]");
    await page.waitForFunction((before) => document.body.dataset.turn !== before, turn);
    const done = await shown(page);
    await browser.close();
    return { nth, done };
  },
};

console.log(JSON.stringify(await scenarios[scenario]()));
