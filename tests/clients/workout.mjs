// A workout by voice: `node workout.mjs URL FOLDER WHAT` prints what happened. What is said are the WAV files in FOLDER, what
// is heard is recorded there. WHAT: a number of sets; `count`, five repetitions of a count begun by typing; `questions`;
// `counts`, which are begun and ended by voice.
import { existsSync, writeFileSync } from "node:fs";
import { open, say, shown, toFirstCount, visit } from "./chromium.mjs";
import { ahead, play, record } from "./sound.mjs";

const [url, folder, what] = process.argv.slice(2);
const log = { answers: [], ring: [], asked_again: 0, done: [], questions: [] };

const watch = (page) => page.evaluate(() => {
  window.ringSeen = [];
  new MutationObserver(() => {
    const { phase, second, rep } = document.body.dataset;
    const last = window.ringSeen.at(-1);
    if (!last || last.phase !== phase || last.rep !== rep || last.second !== second) window.ringSeen.push({ at: performance.now(), phase, second, rep });
  }).observe(document.body, { attributes: true });
});

// The repetition that the page showed last.
const lastRep = (page) => page.evaluate(() => Number(window.ringSeen.findLast(({ rep }) => Number(rep))?.rep));

// Said as a person would: again, if the coach did not take it up. How often it was said, and in which repetition in the end.
const answerTo = async (page, name, isTaken) => {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const before = log.answers.length;
    const began = await lastRep(page);
    await play(`${folder}/${name}.wav`);
    const into = [began, await lastRep(page)];
    for (let tenth = 0; tenth < 80; tenth += 1) {
      if (log.answers.length > before && isTaken(log.answers.at(-1).body)) return { said: attempt + 1, into };
      await page.waitForTimeout(100);
    }
    log.asked_again += 1;
  }
  throw new Error(`${name} was said four times in vain: ${JSON.stringify(await shown(page))}`);
};

// The set is over: the other leg's count is here, or no question is open that leads back into this one.
const LEADS_BACK = new Set(["does_it_hurt", "what_hurts", "where", "resume"]);
const isEnded = ({ count, offers }, side) => (count ? count.picture.side !== side : !LEADS_BACK.has(offers.after.question));

// Said once, and timed.
const ask = async (page, name) => {
  const before = log.answers.length;
  const asked = performance.now();
  await play(`${folder}/${name}.wav`);
  const spoken = performance.now();
  await page.waitForTimeout(500);
  await page.waitForFunction(() => !document.body.hasAttribute("data-listening"), null, { timeout: 60000 });
  await page.waitForTimeout(2500);
  const [answer] = log.answers.slice(before);
  log.questions.push({ name, asked, spoken, came: answer ? answer.came : null, answer: answer ? answer.body : null });
};

const listens = (page) => page.waitForSelector("body[data-listening]", { timeout: 60000 });
const hears = (page) => page.waitForResponse((answer) => answer.url().includes("/speaker/hear"), { timeout: 150000 });

const ways = {
  async count(page) {
    await toFirstCount(page);
    await page.waitForFunction(() => document.body.dataset.rep === "6", null, { timeout: 90000 });
    await page.waitForTimeout(1500);
  },

  // Each while the coach waits for an answer, its own voice silent.
  async questions(page) {
    await hears(page);
    await say(page, "start glute workout");
    await listens(page);
    await say(page, "yellow red and green");
    for (const name of process.argv.slice(5)) {
      await listens(page);
      await ask(page, name);
    }
    await page.waitForTimeout(1500);
  },

  // The coach waits for "ready"; each set after that is ended in its second repetition, by the wake word.
  async counts(page) {
    await hears(page);
    await page.waitForTimeout(15000); // the words of a count are made beforehand
    await say(page, "start glute workout");
    await listens(page);
    await say(page, "yellow red and green");
    await listens(page);
    await ask(page, "ready");
    if (!log.questions[0].answer) await say(page, "ready");
    for (;;) {
      await page.waitForFunction(() => document.body.dataset.rep === "2", null, { timeout: 90000 });
      const { side } = log.answers.at(-1).body.count.picture;
      await ask(page, "done");
      const isOver = () => log.answers.at(-1).body.count?.picture.side !== side;
      if (!isOver()) await say(page, "I'm done");
      await page.waitForTimeout(500);
      if (!log.answers.at(-1).body.count) break;
    }
  },

  async sets(page) {
    await hears(page);
    await answerTo(page, "start", (answer) => answer.offers.after.question === "bands");
    await listens(page);
    await answerTo(page, "bands", (answer) => answer.text.includes("green"));
    await listens(page);
    await answerTo(page, "ready", (answer) => Boolean(answer.count));
    for (let set = 1; set <= Number(what); set += 1) {
      const count = log.answers.at(-1).body.count;
      if (!count) break;
      const rep = set === 1 ? "6" : "2";
      await page.waitForFunction((wanted) => document.body.dataset.rep === wanted && document.body.dataset.phase === "isometric_hold", rep, { timeout: 160000 });
      if (set === 1) await page.screenshot({ path: `${folder}/in-the-set.png` });
      // Not understood, the count stands still and the coach asks: then it is said again.
      const ended = await answerTo(page, "done", (answer) => isEnded(answer, count.picture.side));
      log.done.push({ set, ...ended, answer: log.answers.at(-1).body.text, side: count.picture.side });
    }
  },
};

const note = (page) => page.on("response", async (answer) => {
  if (!/\/speaker\/(hear|say)/.test(answer.url())) return;
  const came = performance.now();
  const content = await answer.json().catch(() => ({}));
  const body = answer.url().includes("/say") ? content : content.answer;
  if (!body) return;
  log.answers.push({ came, at: performance.now(), body });
  const track = `${folder}/track.wav`;
  if (body.count && !existsSync(track)) writeFileSync(track, await (await page.request.get(url + body.sounds.at(-1))).body());
});

const heard = record("stage", `${folder}/heard.pcm`);
const said = record("voice", `${folder}/said.pcm`);
const browser = await open(["--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]);
try {
  const page = await visit(await browser.newContext({ permissions: ["microphone"] }), url);
  await watch(page);
  note(page);
  log.ahead = [await ahead(page)];
  await (ways[what] || ways.sets)(page);
  log.ahead.push(await ahead(page));
  log.ring = await page.evaluate(() => window.ringSeen);
  log.wrong = page.wrong;
  log.hosts = [...page.hosts];
} finally {
  await browser.close();
  heard.stop();
  said.stop();
}
console.log(JSON.stringify({ ...log, heard: heard.pieces, said: said.pieces }));
