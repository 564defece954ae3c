// Swaps the code for the device's cookie. From a QR code the code stands after #, where no server sees it.
const $ = (id) => document.getElementById(id);
const { silent, phone, tablet, browser } = $("pair").dataset;
const kind = /iPad|Tablet/.test(navigator.userAgent) ? tablet : /iPhone|Android|Mobile/.test(navigator.userAgent) ? phone : browser;

const pair = async () => {
  $("message").textContent = "";
  const body = JSON.stringify({ code: $("code").value, name: $("name").value || kind });
  try {
    const answer = await fetch("/pair", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    if (answer.ok) location.replace("/");
    else $("message").textContent = (await answer.json()).error;
  } catch {
    $("message").textContent = silent;
  }
};

$("pair").addEventListener("submit", (event) => {
  event.preventDefault();
  pair();
});

const scanned = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
if (/^\d{6,10}$/.test(scanned)) {
  $("code").value = scanned;
  pair();
}
