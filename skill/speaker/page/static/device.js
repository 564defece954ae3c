// What a phone can do beside the page: stay awake in a set, shake, and show the set on its lock screen.
import { player } from "./player.js";
import { settings } from "./settings.js";
import { say } from "./words.js";

const LEAD_IN = [60];
const END = [120, 80, 120];
let lock = null;

// Awake while a count is on, also paused: the trainee lies on the floor.
export const stayAwake = async (isWanted) => {
  if (!("wakeLock" in navigator) || document.visibilityState !== "visible") return;
  if (isWanted && !lock) {
    lock = await navigator.wakeLock.request("screen").catch(() => null);
    lock?.addEventListener("release", () => { lock = null; });
  } else if (!isWanted && lock) {
    await lock.release();
    lock = null;
  }
};

export const shake = (phase) => {
  if (!settings.now.vibrates || !navigator.vibrate || !navigator.userActivation?.hasBeenActive) return;
  if (phase === "lead_in") navigator.vibrate(LEAD_IN);
  if (phase === "over") navigator.vibrate(END);
};

let told = "";
// Title, leg and rep on the lock screen. The clock is the sound's, which runs on when the screen is locked.
export const tellSystem = (picture) => {
  if (!("mediaSession" in navigator)) return;
  const now = picture && player.isInCount && picture.phases.findLast((each) => each.at_ms <= player.at_ms);
  const said = !picture ? document.title : now ? `${say("rep", { rep: now.rep })}, ${picture.side}` : say("rest_then", picture);
  const title = said.charAt(0).toUpperCase() + said.slice(1);
  navigator.mediaSession.playbackState = player.isPlaying ? "playing" : "paused";
  if (title === told) return;
  told = title;
  const artwork = [192, 512].map((size) => ({ src: `/speaker/icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png" }));
  navigator.mediaSession.metadata = new MediaMetadata({ title, artist: picture ? picture.band : "", album: document.title, artwork });
};

// The keys of headphones: play and pause, and "next" for "I'm done".
export const onKeys = ({ play, pause, done }) => {
  if (!("mediaSession" in navigator)) return;
  for (const [action, does] of Object.entries({ play, pause, stop: pause, nexttrack: done })) {
    try { navigator.mediaSession.setActionHandler(action, does); } catch { /* a browser that knows no such key */ }
  }
};
