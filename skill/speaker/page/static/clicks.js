// A click on every second of a rep, for whoever wants one: laid out ahead on the sound card's clock.
import { player } from "./player.js";
import { ring } from "./ring.js";
import { settings } from "./settings.js";

const AHEAD_S = 0.3;
const EVERY_MS = 100;
let context = null;
let laid = -1;

const click = (at_s, isFirst) => {
  const tone = context.createOscillator();
  const gain = context.createGain();
  tone.frequency.value = isFirst ? 1320 : 880;
  gain.gain.setValueAtTime((settings.now.click_volume / 100) * 0.4, at_s);
  gain.gain.exponentialRampToValueAtTime(0.0001, at_s + 0.05);
  tone.connect(gain).connect(context.destination);
  tone.start(at_s);
  tone.stop(at_s + 0.06);
};

const lay = () => {
  if (!settings.now.click_volume || !ring.picture || !player.isInCount || !player.isPlaying) { laid = -1; return; }
  context ||= new AudioContext();
  context.resume();
  const { phases } = ring.picture;
  const last = phases.at(-1);
  const [begin, end] = [phases[0].at_ms / 1000, last.at_ms / 1000 + last.seconds];
  const now = player.at_ms / 1000;
  if (laid > now + 1) laid = -1;
  for (let at = Math.max(begin, Math.ceil(now)); at < Math.min(end, now + AHEAD_S); at += 1) {
    if (at <= laid || at < now) continue;
    laid = at;
    click(context.currentTime + at - now, phases.some((each) => each.at_ms === at * 1000));
  }
};

setInterval(lay, EVERY_MS);
