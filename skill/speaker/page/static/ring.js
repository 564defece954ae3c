// The picture of a set: everything in it follows from where the sound is.
import { player } from "./player.js";
import { $, say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 88;
const REPS_RADIUS = 109;
const isStill = matchMedia("(prefers-reduced-motion: reduce)");

const on = (turn, radius) => [120 + radius * Math.sin(2 * Math.PI * turn), 120 - radius * Math.cos(2 * Math.PI * turn)];
const draw = (name, attributes, into) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return into.appendChild(made);
};

export const ring = {
  picture: null,
  last: "",

  draw(picture) {
    this.picture = picture;
    $("leg").hidden = !picture;
    $("reps").replaceChildren();
    $("phases").replaceChildren();
    this.blank();
    if (!picture) return;
    $("stage").hidden = false;
    document.body.classList.add("pictured");
    $("side").textContent = picture.side;
    $("band").textContent = picture.band;
    $("swatch").setAttribute("fill", picture.colour);
    $("set-said").textContent = say("set_said", { ...picture, low: picture.window_low, high: picture.window_high });
    this.drawReps(picture);
    this.drawPhases(picture);
  },

  drawReps({ window_low: low, window_high: high, last_rep: last }) {
    const most = Math.max(last, high);
    for (let rep = 1; rep <= most; rep += 1) {
      const [cx, cy] = on((rep - 0.5) / most, REPS_RADIUS);
      const isWanted = rep >= low && rep <= high;
      draw("circle", { cx, cy, r: isWanted ? 5 : 4, class: isWanted ? "window" : "" }, $("reps"));
    }
  },

  drawPhases({ phases }) {
    const first = phases.filter((each) => each.rep === phases[0].rep);
    this.rep_s = first.reduce((sum, each) => sum + each.seconds, 0);
    let at = 0;
    for (const { phase, seconds } of first) {
      const [from, to] = [on(at + 0.006, RADIUS), on(at + seconds / this.rep_s - 0.006, RADIUS)];
      const large = seconds / this.rep_s > 0.5 ? 1 : 0;
      draw("path", { d: `M${from} A${RADIUS} ${RADIUS} 0 ${large} 1 ${to}`, class: phase }, $("phases"));
      at += seconds / this.rep_s;
    }
  },

  blank() {
    this.write("", "", "", "", "");
  },

  frame() {
    if (!this.picture || !player.isInCount) return;
    const { at_ms } = player;
    const { phases, window_low: low, window_high: high } = this.picture;
    const index = this.phaseAt(at_ms);
    if (index < 0) return this.before(at_ms);
    const now = phases[index];
    const into_ms = at_ms - now.at_ms;
    if (into_ms >= now.seconds * 1000) return this.blank();
    const second = Math.floor(into_ms / 1000) + 1;
    this.write(now.word, second, `${say("rep", { rep: now.rep })}\n${say("window", { low, high })}`, now.phase, now.rep);
    const first = phases.find((each) => each.rep === now.rep);
    this.turn((at_ms - first.at_ms) / 1000);
  },

  // The hand, so many seconds after the rep began.
  turn(seconds) {
    const [x, y] = on((isStill.matches ? Math.floor(seconds) : seconds) / this.rep_s, RADIUS);
    $("hand").setAttribute("cx", x);
    $("hand").setAttribute("cy", y);
  },

  phaseAt(at_ms) {
    let [low, high] = [0, this.picture.phases.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.picture.phases[middle].at_ms <= at_ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  },

  before(at_ms) {
    const { lead_in_at_ms: lead, phases } = this.picture;
    const isLead = at_ms >= lead;
    const left = Math.ceil((phases[0].at_ms - at_ms) / 1000);
    this.write(say(isLead ? "get_ready" : "rest"), left, "", isLead ? "lead_in" : "rest", 0);
  },

  write(word, second, rep, phase, number) {
    const key = [word, second, rep, phase, number].join("|");
    if (key === this.last) return;
    this.last = key;
    $("phase").textContent = word;
    $("second").textContent = second;
    $("rep").textContent = rep;
    Object.assign(document.body.dataset, { phase, second, rep: number });
    $("phases").childNodes.forEach((path) => path.classList.toggle("now", path.classList.contains(phase)));
    $("reps").childNodes.forEach((dot, index) => dot.classList.toggle("done", index + 1 < number));
  },
};

const everyFrame = () => {
  ring.frame();
  requestAnimationFrame(everyFrame);
};
requestAnimationFrame(everyFrame);
