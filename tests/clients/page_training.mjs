// What a trainee does on the page: keys, taps, settings, somebody else who trains here.
import { open, say, shown, toFirstCount, until, visit } from "./chromium.mjs";
import { grave, isWide } from "./page_looks.mjs";

export const training = ({ url }) => ({
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
    await Promise.all([second.waitForEvent("load"), second.click(".person >> nth=1")]); // it begins anew with another person
    await second.waitForFunction(() => document.getElementById("who-name").textContent === "Anna");
    await second.click("#to-settings");
    await Promise.all([second.waitForResponse("**/speaker/people/forget"), second.click("#forget")]);
    await first.fill("#text", "ready");
    await first.keyboard.press("Enter");
    await first.waitForSelector("#people[open]");
    const removed = await first.textContent("#people-message");
    await browser.close();
    return { isAskedAlone, annas, asked, bens, removed };
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

  // One rep to try, and a number that is put right by tapping.
  async taps() {
    const browser = await open();
    const page = await visit(await browser.newContext(), url);
    await page.waitForSelector("#ask:not([hidden])");
    const turned = () => page.getAttribute("#drawing .leg", "transform");
    const lowered = await turned();
    await page.click("#try");
    await until(page, { rep: "1", phase: "isometric_hold" });
    await page.waitForFunction((before) => document.querySelector("#drawing .leg").getAttribute("transform") !== before, lowered);
    const turns = [lowered, await turned()].map((each) => Number(each.match(/[-\d.]+/)[0]));
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
    return { tried, asked, turns };
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
    const languages = await page.$$eval("#language option", (all) => all.map((each) => each.textContent));
    await page.selectOption("#language", "de-DE");
    await page.waitForSelector("html[lang=de-DE] #ask:not([hidden])", { state: "attached" });
    const german = await page.title();
    await page.waitForFunction(() => document.getElementById("settings").open || (document.getElementById("to-settings").click(), false));
    await page.selectOption("#language", "");
    await page.waitForSelector("html[lang=en-US] #ask", { state: "attached" });
    await browser.close();
    return { before, coach, answers, after, languages, german };
  },
});
