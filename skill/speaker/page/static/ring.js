// The picture of a set: everything in it follows from where the sound is. Between sets it shows what there is to know.
import { lift } from "./figure.js";
import { player } from "./player.js";
import { $, draw, make, say } from "./words.js";

const RADIUS = 88;
const REPS_RADIUS = 109;
const ROUND = 1000; // the path length of the rest's circle, see page.html
const isStill = matchMedia("(prefers-reduced-motion: reduce)");

const on = (turn, radius) => [120 + radius * Math.sin(2 * Math.PI * turn), 120 - radius * Math.cos(2 * Math.PI * turn)];

export const ring = {
  picture: null,
  last: "",
  onChange: () => {},

  // A count's picture, or none.
  draw(picture) {
    this.picture = picture;
    this.blank();
    if (!picture) return;
    $("set-said").textContent = say("set_said", { ...picture, low: picture.window_low, high: picture.window_high });
    this.showLeg(picture);
    this.drawReps(picture, picture.first_rep - 1);
    this.drawPhases(picture.phases.filter((each) => each.rep === picture.phases[0].rep));
  },

  showLeg(leg) {
    $("leg").hidden = !leg;
    if (!leg) return;
    $("side").textContent = leg.side;
    $("band").textContent = leg.band;
    $("leg").querySelector(".band").hidden = !leg.band;
    $("swatch").setAttribute("fill", leg.colour);
  },

  drawReps({ window_low: low, window_high: high, last_rep: last }, done = 0) {
    $("reps").replaceChildren();
    const most = Math.max(last, high);
    for (let rep = 1; rep <= most; rep += 1) {
      const [cx, cy] = on((rep - 0.5) / most, REPS_RADIUS);
      const isWanted = rep >= low && rep <= high;
      const dot = draw("circle", { cx, cy, r: isWanted ? 5 : 4, class: isWanted ? "window" : "" }, $("reps"));
      dot.classList.toggle("done", rep <= done);
    }
  },

  drawPhases(tempo) {
    $("phases").replaceChildren();
    this.rep_s = tempo.reduce((sum, each) => sum + each.seconds, 0);
    let at = 0;
    for (const { phase, seconds } of tempo) {
      const [from, to] = [on(at + 0.006, RADIUS), on(at + seconds / this.rep_s - 0.006, RADIUS)];
      const large = seconds / this.rep_s > 0.5 ? 1 : 0;
      draw("path", { d: `M${from} A${RADIUS} ${RADIUS} 0 ${large} 1 ${to}`, class: phase }, $("phases"));
      at += seconds / this.rep_s;
    }
  },

  // The tempo by itself, for whoever has not begun.
  drawTempo(tempo) {
    this.drawPhases(tempo);
    $("tempo").replaceChildren(...tempo.map(({ phase, word, seconds }) => make("li", { className: phase, textContent: `${word} ${seconds}` })));
  },

  blank() {
    this.write("", "", "", "", "");
  },

  // Between counts: a word, a number, a line.
  stand(word, number, line) {
    this.write(word, number, line, "", "");
  },

  frame() {
    if (!this.picture || !player.isInCount) return;
    const { at_ms } = player;
    const { phases, window_low: low, window_high: high } = this.picture;
    const index = this.phaseAt(at_ms);
    if (index < 0) return this.before(at_ms);
    const now = phases[index];
    const into_ms = at_ms - now.at_ms;
    if (into_ms >= now.seconds * 1000) return this.over();
    const second = Math.floor(into_ms / 1000) + 1;
    this.write(now.word, second, `${say("rep", { rep: now.rep })}\n${say("window", { low, high })}`, now.phase, now.rep);
    const first = phases.find((each) => each.rep === now.rep);
    this.turn((at_ms - first.at_ms) / 1000);
    this.lift(now.phase, into_ms / (now.seconds * 1000));
  },

  // The last rep is done and the question is being asked.
  over() {
    const { last_rep: last, side } = this.picture;
    this.write("", last, say("reps_done", { side }), "", last + 1);
  },

  // The hand, so many seconds after the rep began.
  turn(seconds) {
    const [x, y] = on((isStill.matches ? Math.floor(seconds) : seconds) / this.rep_s, RADIUS);
    $("hand").setAttribute("cx", x);
    $("hand").setAttribute("cy", y);
  },

  // How far the leg is lifted (0 to 1), for the drawing.
  lift(phase, share) {
    const lifted = { concentric: share, isometric_hold: 1, eccentric: 1 - share }[phase] ?? 0;
    lift(isStill.matches ? Math.round(lifted) : lifted);
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
    const { lead_in_at_ms: lead, phases, side } = this.picture;
    const isLead = at_ms >= lead;
    const left = Math.ceil((phases[0].at_ms - at_ms) / 1000);
    $("rest-left").setAttribute("stroke-dashoffset", isLead ? ROUND : ROUND * (at_ms / lead));
    this.write(say(isLead ? "get_ready" : "rest"), left, say("next_up", { side }), isLead ? "lead_in" : "rest", 0);
    this.lift("", 0);
  },

  write(word, second, rep, phase, number) {
    const key = [word, second, rep, phase, number].join("|");
    if (key === this.last) return;
    this.last = key;
    $("phase").textContent = word;
    $("second").textContent = second;
    $("rep").textContent = rep;
    const isOther = document.body.dataset.phase !== phase || document.body.dataset.rep !== String(number);
    Object.assign(document.body.dataset, { phase, second, rep: number });
    $("phases").childNodes.forEach((path) => path.classList.toggle("now", path.classList.contains(phase)));
    if (number !== "") $("reps").childNodes.forEach((dot, index) => dot.classList.toggle("done", index + 1 < number));
    if (isOther) this.onChange();
  },
};

const everyFrame = () => {
  ring.frame();
  requestAnimationFrame(everyFrame);
};
requestAnimationFrame(everyFrame);
