// A whole workout by voice: `node workout.mjs URL FOLDER SETS`. The microphone and the loudspeaker are sound cards of
// PulseAudio (SETS 0: begun by typing, to the sixth repetition, for measuring the sound alone); what is said are the WAV files in FOLDER, what is heard is recorded there. Prints what happened, with
// every instant in milliseconds of this machine's clock.
import { spawn } from "node:child_process";
import { createWriteStream, existsSync, writeFileSync } from "node:fs";
import { open, shown, toFirstCount, visit } from "./chromium.mjs";

const [url, folder, sets] = process.argv.slice(2);
const log = { said: [], answers: [], ring: [], sounds: [], asked_again: 0, done: [] };

// The recording begins when its earliest piece says so: a piece may arrive late, never early.
const record = () => {
  const recorder = spawn("parec", ["-d", "stage.monitor", "--rate=24000", "--channels=1", "--format=s16le", "--latency-msec=20"]);
  const file = createWriteStream(`${folder}/heard.pcm`);
  let bytes = 0;
  log.recording_began = Infinity;
  recorder.stdout.on("data", (piece) => {
    bytes += piece.length;
    log.recording_began = Math.min(log.recording_began, performance.timeOrigin + performance.now() - bytes / 48);
    file.write(piece);
  });
  return recorder;
};

const speak = (page, name) => new Promise((resolve, reject) => {
  const player = spawn("paplay", ["--device=voice", "--latency-msec=20", `${folder}/${name}.wav`]);
  player.on("exit", (code) => {
    log.said.push({ name, ended: Date.now() });
    if (code) reject(new Error(`paplay ended with ${code}`));
    else resolve();
  });
});

const watch = (page) => page.evaluate(() => {
  window.seen = { ring: [], sounds: [] };
  const now = () => performance.timeOrigin + performance.now();
  new MutationObserver(() => {
    const { phase, second, rep } = document.body.dataset;
    const last = window.seen.ring.at(-1);
    if (!last || last.phase !== phase || last.rep !== rep || last.second !== second) window.seen.ring.push({ at: now(), phase, second, rep });
  }).observe(document.body, { attributes: true });
});

// Said as a person would: again, if the coach did not take it up.
const answerTo = async (page, name, isTaken) => {
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const before = log.answers.length;
    await speak(page, name);
    for (let tenth = 0; tenth < 80; tenth += 1) {
      if (log.answers.length > before && isTaken(log.answers.at(-1).body)) return;
      await page.waitForTimeout(100);
    }
    log.asked_again += 1;
  }
  throw new Error(`${name} was said four times in vain: ${JSON.stringify(await shown(page))}`);
};

const listenOnly = async (page) => {
  await toFirstCount(page);
  await page.waitForFunction(() => document.body.dataset.rep === "6", null, { timeout: 90000 });
};

const talk = async (page) => {
  await page.waitForResponse((answer) => answer.url().includes("/speaker/hear"), { timeout: 150000 });
  await answerTo(page, "start", (answer) => answer.text.includes("Which bands"));
  const listens = () => page.waitForSelector("body[data-listening]", { timeout: 60000 });
  await listens();
  await answerTo(page, "bands", (answer) => answer.text.includes("green"));
  await listens();
  await answerTo(page, "ready", (answer) => Boolean(answer.count));
  for (let set = 1; set <= Number(sets); set += 1) {
    const count = log.answers.at(-1).body.count;
    if (!count) break;
    const rep = set === 1 ? "11" : "1";
    await page.waitForFunction((wanted) => document.body.dataset.rep === wanted && document.body.dataset.phase === "isometric_hold", rep, { timeout: 160000 });
    if (set === 1) await page.screenshot({ path: `${folder}/in-the-set.png` });
    await answerTo(page, "done", (answer) => answer.heard && !/didn't catch/.test(answer.text));
    log.done.push({ set, answer: log.answers.at(-1).body.text, side: count.picture.side });
  }
};

const recorder = record();
const browser = await open(["--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"]);
try {
  const page = await visit(await browser.newContext({ permissions: ["microphone"] }), url);
  await watch(page);
  page.on("response", async (answer) => {
    if (answer.url().includes("/speaker/sound/")) log.sounds.push({ url: answer.url(), at: Date.now() });
    if (!/\/speaker\/(hear|say)/.test(answer.url())) return;
    const content = await answer.json().catch(() => ({}));
    const body = answer.url().includes("/say") ? content : content.answer;
    if (!body) return;
    log.answers.push({ at: Date.now(), body });
    const track = `${folder}/track.wav`;
    if (body.count && !existsSync(track)) writeFileSync(track, await (await page.request.get(url + body.sounds[0])).body());
  });
  if (sets === "0") await listenOnly(page);
  else await talk(page);
  await page.waitForTimeout(1500);
  Object.assign(log, await page.evaluate(() => ({ ring: window.seen.ring, last: document.getElementById("coach").textContent })));
  log.wrong = page.wrong;
  log.hosts = [...page.hosts];
} finally {
  await browser.close();
  recorder.kill();
}
console.log(JSON.stringify(log));
