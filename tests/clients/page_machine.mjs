// What the machine does meanwhile: sound, microphone, network, a reload, a second page, a phone.
import { LISTENS, open, say, shown, toFirstCount, until, visit } from "./chromium.mjs";

export const machine = ({ url, file, rest }) => ({
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

  // The network goes away in mid-set: the count goes on to be heard, and what was tapped is sent once when it is back.
  async gone() {
    const browser = await open();
    const context = await browser.newContext();
    const page = await visit(context, url);
    await toFirstCount(page);
    await until(page, { rep: "1" });
    await context.setOffline(true);
    await until(page, { rep: "1", phase: "eccentric" });
    const counting = await shown(page);
    await page.click("#answers [data-says=\"I'm done\"]");
    await page.waitForSelector("#message:not([hidden])");
    await page.click("#answers [data-says=\"I'm done\"]");
    const told = await shown(page);
    await page.waitForEvent("requestfailed"); // it tries again, by itself
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
    const context = await browser.newContext({ locale: file || "en-US" });
    await context.addInitScript(() => {
      window.awake = [];
      window.keys = {};
      window.shakes = [];
      navigator.vibrate = (pattern) => window.shakes.push(pattern);
      navigator.wakeLock.request = async () => {
        window.awake.push("on");
        return { addEventListener: (_, does) => { window.lookAway = does; }, release: async () => { window.awake.push("off"); } };
      };
      const set = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession);
      navigator.mediaSession.setActionHandler = (name, does) => { window.keys[name] = does; set(name, does); };
    });
    const page = await visit(context, url);
    await toFirstCount(page);
    await until(page, { rep: "2", phase: "isometric_hold" });
    const title = () => page.evaluate(() => navigator.mediaSession.metadata.title);
    const inSet = await title();
    // A browser lets the screen sleep when the page goes out of sight, and tells when it is back.
    await page.evaluate(() => { window.lookAway(); document.dispatchEvent(new Event("visibilitychange")); });
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
    await page.evaluate(() => document.querySelector("#answers .pain").click());
    await page.waitForFunction(() => window.awake.at(-1) === "off");
    const [awake, shakes] = await page.evaluate(() => [window.awake, window.shakes]);
    const album = await page.evaluate(() => navigator.mediaSession.metadata.album);
    const { name } = JSON.parse(manifest.data);
    await browser.close();
    return { inSet, paused, rest, awake, shakes, album, name, faults: manifest.errors, install: install.installabilityErrors };
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
});
