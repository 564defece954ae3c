// The drawing of the exercise, its leg lifted as far as the count has it (0 lowered, 1 held).
import { $ } from "./words.js";

// An answer's drawing: the exercise beside the words; a mistake and the right way in the ring's place. That one moves by
// itself, and stands still for whoever wants less motion.
export const draw = (drawing) => {
  const isMistake = drawing.includes('class="mistake"');
  $("put-right").innerHTML = isMistake ? drawing : "";
  if (drawing && !isMistake) $("drawing").innerHTML = drawing;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) for (const each of $("put-right").querySelectorAll("animate")) each.remove();
};

export const lift = (lifted) => {
  for (const part of $("drawing").querySelectorAll("[data-turn]")) {
    const [low, high] = part.dataset.turn.split(" ").map(Number);
    part.setAttribute("transform", `rotate(${low + (high - low) * lifted} ${part.dataset.pivot})`);
  }
  // Where the end of a bone, or of the band, is: c0 + c1 * lift + c2 * lift^2, for x and for y.
  for (const part of $("drawing").querySelectorAll("[data-along]")) {
    const [x, y] = part.dataset.along.split(";").map((curve) => {
      const [c0, c1, c2] = curve.split(" ").map(Number);
      return c0 + c1 * lifted + c2 * lifted * lifted;
    });
    part.setAttribute("x2", x);
    part.setAttribute("y2", y);
  }
};
