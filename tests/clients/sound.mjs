// The sound cards as a trainee's ears and mouth: what is played is recorded, what is said is played into the microphone.
// Every instant is this process's performance.now(); the page's clock is compared with it, never the time of day.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";

// Each piece is noted with the instant at which it came: it may come late, never before it was played.
export const record = (card, file) => {
  const recorder = spawn("parec", ["-d", `${card}.monitor`, "--rate=24000", "--channels=1", "--format=s16le", "--latency-msec=20"]);
  const out = createWriteStream(file);
  const pieces = [];
  let bytes = 0;
  recorder.stdout.on("data", (piece) => {
    bytes += piece.length;
    pieces.push([performance.now(), bytes / 2]);
    out.write(piece);
  });
  return { pieces, stop: () => recorder.kill() };
};

export const play = (file) => new Promise((resolve, reject) => {
  const player = spawn("paplay", ["--device=voice", "--latency-msec=20", file]);
  player.on("exit", (code) => (code ? reject(new Error(`paplay ended with ${code}`)) : resolve()));
});

// How far the page's clock is ahead of this one: the quickest of some questions, and how exact that is.
export const ahead = async (page) => {
  let best = { within_ms: Infinity };
  for (let nth = 0; nth < 30; nth += 1) {
    const asked = performance.now();
    const its = await page.evaluate(() => performance.now());
    const took = performance.now() - asked;
    if (took / 2 < best.within_ms) best = { within_ms: took / 2, ms: its - asked - took / 2 };
  }
  return best;
};
