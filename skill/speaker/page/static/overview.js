// Where the trainee is in the workout: the row of sets above, what stands in the ring between sets, the finished card.
import { draw } from "./figure.js";
import { ring } from "./ring.js";
import { $, make, say, swatch } from "./words.js";

let where = null;
let onCorrect = () => {};
export const onCorrection = (done) => { onCorrect = done; };

const chip = (each, isLast) => {
  const key = each.reps !== null ? "set_done" : each.is_now ? "set_now" : "set_to_come";
  const told = (which) => say(which, { reps: each.reps, side: each.side, band: each.band }); // its reps choose the form
  const item = make("li", { className: each.reps !== null ? "did" : each.is_now ? "now" : "", title: told(key) });
  const into = isLast ? make("button", { type: "button" }, item) : item;
  if (isLast) into.addEventListener("click", () => onCorrect(each.reps));
  make("span", { className: "unseen", textContent: told(isLast ? "correct" : key) }, into);
  const shown = make("span", { className: "chip", ariaHidden: "true" }, into);
  if (each.colour && each.band) swatch(each.colour, shown);
  make("b", { textContent: each.side.charAt(0).toUpperCase() }, shown);
  if (each.reps !== null) make("i", { textContent: each.reps }, shown);
  return item;
};

// The last number of a leg, there to tap.
const putRight = (bar, { side, reps }) => {
  const last = reps.at(-1);
  const made = make("button", { type: "button", textContent: last, ariaLabel: say("correct_last", { reps: last, side }) });
  made.addEventListener("click", () => onCorrect(last, side));
  bar.replaceChildren(made);
};

export const overview = {
  show(answer) {
    where = answer.where;
    this.showRow();
    this.showCard(answer.card);
    const question = answer.offers.after.question;
    const stage = answer.count ? "count" : answer.card ? "done" : answer.is_on_hold ? "hold" : question === "bands" ? "bands" : where ? "between" : "idle";
    document.body.dataset.stage = stage;
    // Before the first set the ring has nothing to say: the drawing stands in its place.
    document.querySelector(stage === "between" && question === "ready" ? "#stage" : ".side").prepend($("drawing"));
    ring.draw(answer.count && answer.count.picture);
    if (!answer.count) this.between(stage);
    draw(answer.drawing);
  },

  showRow() {
    $("overview").hidden = !where;
    if (!where) return;
    $("where-said").textContent = say(where.minutes > 1 ? "where" : "where_last", where);
    const last = where.row.findLastIndex((each) => each.reps !== null);
    $("row").replaceChildren(...where.row.map((each, nth) => chip(each, nth === last)));
  },

  // No count runs: what was just done, or what comes.
  between(stage) {
    const last = where && where.row.findLast((each) => each.reps !== null);
    const now = where && where.row.find((each) => each.is_now);
    if (stage === "hold") { ring.stand(say("on_hold"), "", say("hold_said")); ring.showLeg(null); return; }
    if (last) { ring.stand("", last.reps, say("reps_done", { reps: last.reps, side: last.side })); ring.showLeg(now || last); return; }
    if (now) { ring.stand(now.side, "", say("where_last", where).replace(", ", "\n")); ring.showLeg(now); return; }
    ring.blank();
    ring.showLeg(null);
  },

  showCard(card) {
    $("card").hidden = !card;
    if (!card) return;
    $("card-sum").textContent = ["sets", "reps", "minutes"].map((what) => say(`card_${what}`, { [what]: card[what] })).join(", ");
    $("card-legs").replaceChildren(...card.legs.map((leg) => {
      const box = make("div", { className: "leg-done" });
      make("h3", { textContent: leg.side }, box);
      const bars = make("p", { className: "bars" }, box);
      for (const reps of leg.reps) make("b", { textContent: reps }, bars);
      if (leg.can_be_put_right) putRight(bars.lastChild, leg);
      const band = make("p", {}, box);
      swatch(leg.colour, band);
      band.append(leg.band);
      const next = make("p", { className: "next" }, box);
      if (leg.next_band) { swatch(leg.next_colour, next); next.append(say("next_time", { band: leg.next_band })); }
      return box;
    }));
  },
};
