/* The presenter: the room's window and the speaker's move together. They speak through the browser's
   own channel, so nothing leaves the machine, and it works without a network. */
(function () {
  "use strict";
  if (!window.BroadcastChannel) { return; }
  var root = document.documentElement;
  var channel = new BroadcastChannel("entente-present");
  var ROOM = "room", SPEAKER = "speaker", REST = 3000;
  var shown = "";    // the scene of this window; empty outside the presenter
  var awaited = "";  // the scene that the other window went to, until this one shows it
  var due = "";      // the same, until its button is there to be pressed
  var rest = 0;

  function isPresenting() { return location.search.indexOf("present=") >= 0; }
  function head() { return isPresenting() ? document.querySelector(".e-present-head") : null; }
  function role() { var at = head(); return at ? at.dataset.role : ""; }
  function isBlank() { return root.dataset.blank === "yes"; }
  function setBlank(is) {
    if (is) { root.dataset.blank = "yes"; } else { delete root.dataset.blank; }
  }
  function tell(kind) {
    channel.postMessage({ kind: kind, from: role(), scene: shown, blank: isBlank() });
  }

  /* What is on screen has changed: tell the other window, unless it was the other that asked. */
  function look() {
    var at = head();
    if (!at) {
      if (shown) { shown = awaited = due = ""; setBlank(false); delete root.dataset.idle; }
      return;
    }
    go();
    if (at.dataset.scene === shown) { return; }
    var isFirst = shown === "";
    shown = at.dataset.scene;
    if (isFirst) { tick(); stir(); tell("hello"); return; }
    if (awaited) {
      if (awaited === shown) { awaited = ""; }
      return;
    }
    setBlank(false);
    tell("at");
  }
  /* Two windows of one role do not lead each other. */
  channel.onmessage = function (event) {
    var said = event.data || {};
    if (!shown || said.from === role() || (said.from !== ROOM && said.from !== SPEAKER)) { return; }
    if (said.kind === "hello") { tell("at"); return; }
    setBlank(said.blank === true);
    if (said.scene !== (awaited || shown)) { awaited = due = String(said.scene); go(); }
  };
  function go() {
    var button = due && document.querySelector(".st-key-go-" + CSS.escape(due) + " button");
    if (button) { due = ""; button.click(); }
  }

  function act(what) {
    if (what === "blank") { setBlank(!isBlank()); tell("at"); }
    if (what === "speaker") {
      var url = new URL(location.href);
      url.searchParams.set("speaker", "on");
      window.open(url.href, "entente-speaker", "popup,width=1100,height=760");
    }
    if (what === "close") { window.close(); }
  }
  var KEYS = { room: { b: "blank", s: "speaker", n: "speaker" }, speaker: { b: "blank", escape: "close" } };
  document.addEventListener("keydown", function (event) {
    if (!shown) { return; }
    if (event.isTrusted) { awaited = due = ""; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
    var what = (KEYS[role()] || {})[event.key.toLowerCase()];
    if (what && !(event.key === "Escape" && document.querySelector('[role="dialog"], [role="listbox"]'))) { act(what); }
  });
  document.addEventListener("click", function (event) {
    if (!shown || !event.target.closest) { return; }
    if (event.isTrusted) { awaited = due = ""; }
    var pressed = event.target.closest("[data-present]");
    if (pressed) { act(pressed.dataset.present); }
    if (event.target.closest("[data-clock-resets]")) { begin(); tick(); }
  });

  /* At rest, the room sees neither keys nor pointer. */
  function stir() {
    if (!shown || role() !== ROOM) { return; }
    delete root.dataset.idle;
    clearTimeout(rest);
    rest = setTimeout(function () { if (shown) { root.dataset.idle = "yes"; } }, REST);
  }
  document.addEventListener("pointermove", stir);

  /* The speaker's clock counts on when the window is loaded anew. */
  var BEGAN = "entente-present-began";
  function begin() {
    try { sessionStorage.setItem(BEGAN, String(Date.now())); } catch (refused) { return; }
  }
  function elapsed() {
    var began = NaN;
    try { began = Number(sessionStorage.getItem(BEGAN) || NaN); } catch (refused) { began = NaN; }
    if (isNaN(began)) { begin(); return 0; }
    return Math.max(0, Math.floor((Date.now() - began) / 1000));
  }
  function pad(number) { return (number < 10 ? "0" : "") + number; }
  function put(name, text) {
    var place = document.querySelector('[data-clock="' + name + '"]');
    if (place && place.textContent !== text) { place.textContent = text; }
  }
  function tick() {
    if (role() !== SPEAKER) { return; }
    var seconds = elapsed(), now = new Date();
    put("elapsed", Math.floor(seconds / 60) + ":" + pad(seconds % 60));
    put("day", pad(now.getHours()) + ":" + pad(now.getMinutes()));
  }
  setInterval(tick, 1000);

  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
    look();
  });
})();
