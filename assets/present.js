/* The presenter: the room's window and the speaker's move together. They speak through the browser's
   own channel, so nothing leaves the machine, and it works without a network. */
(function () {
  "use strict";
  if (!window.BroadcastChannel) { return; }
  var root = document.documentElement;
  var channel = new BroadcastChannel("entente-present");
  var ROOM = "room", SPEAKER = "speaker", REST = 3000;
  var PATIENCE = 3000, AGAIN = 50;
  var shown = "";     // the scene of this window; empty outside the presenter
  var wanted = "";    // the scene that it is on its way to, by one scene or several
  var isLed = false;  // whether it was the other window that asked for that
  var pressed = "";   // the scene whose button was pressed last, until it is on screen
  var pressedAt = 0, again = 0, rest = 0;

  function isPresenting() { return location.search.indexOf("present=") >= 0; }
  function head() { return isPresenting() ? document.querySelector(".e-present-head") : null; }
  function role() { var at = head(); return at ? at.dataset.role : ""; }
  function isBlank() { return root.dataset.blank === "yes"; }
  function setBlank(is) {
    if (is) { root.dataset.blank = "yes"; } else { delete root.dataset.blank; }
  }
  function tell(kind) {
    channel.postMessage({ kind: kind, from: role(), scene: wanted || shown, blank: isBlank() });
  }

  /* What is on screen has changed. */
  function look() {
    var at = head();
    if (!at) {
      if (shown) { shown = wanted = pressed = ""; isLed = false; setBlank(false); delete root.dataset.idle; }
      return;
    }
    if (at.dataset.scene !== shown) {
      var isFirst = shown === "", isAsked = wanted !== "";
      shown = at.dataset.scene;
      if (isFirst) {
        tick(); stir(); tell("hello");
      } else if (!isLed && (isBlank() || !isAsked)) {
        setBlank(false);
        tell("at");
      }
    }
    go();
  }
  /* Two windows of one role do not lead each other. */
  channel.onmessage = function (event) {
    var said = event.data || {};
    if (!shown || said.from === role() || (said.from !== ROOM && said.from !== SPEAKER)) { return; }
    if (said.kind === "hello") { tell("at"); return; }
    setBlank(said.blank === true);
    if (said.scene !== (wanted || shown)) { wanted = String(said.scene); isLed = true; go(); }
  };

  /* Keys are quicker than scenes: presses are counted, and a scene that was passed by is left out.
     Each scene has a button that is not shown, in their order; only one is under way at a time. */
  function order() {
    return Array.from(document.querySelectorAll('.st-key-present-go [class*="st-key-go-"]'), function (of) {
      return /st-key-go-(\S+)/.exec(of.className)[1];
    });
  }
  function want(scene) {
    wanted = scene;
    isLed = false;
    tell("at");
    go();
  }
  function isRunning() { return !document.querySelector('[data-test-script-state="notRunning"]'); }
  function isUnderWay() {
    if (pressed && Date.now() - pressedAt < PATIENCE) { return true; }  // later, it was lost
    return isRunning() && (pressed !== "" || new URL(location.href).searchParams.get("scene") !== shown);
  }
  function go() {
    clearTimeout(again);
    if (pressed === shown) { pressed = ""; }
    if (!wanted) { return; }
    if (wanted === shown && !pressed) { wanted = ""; isLed = false; return; }
    var button = !isUnderWay() && document.querySelector(".st-key-go-" + CSS.escape(wanted) + " button");
    if (button && !button.disabled) {
      pressed = wanted;
      pressedAt = Date.now();
      button.click();
    }
    again = setTimeout(go, AGAIN);
  }
  /* Go on or back from where the reader is going: false where there is no such scene. */
  function lead(by) {
    var scenes = order(), to = scenes[scenes.indexOf(wanted || shown) + by];
    if (to) { want(to); }
    return Boolean(to);
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
  var STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
  var FIELDS = "input, textarea, select, [contenteditable]";
  /* On the root, so that a key gets here before it gets to Streamlit, which listens on the document. */
  root.addEventListener("keydown", function (event) {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var by = STEPS[event.key];
    if (by) {
      if (event.shiftKey || event.composedPath()[0].matches(FIELDS) || !order().length) { return; }
      event.stopPropagation();
      if ((event.repeat && wanted) || lead(by)) { event.preventDefault(); }
      return;
    }
    if (event.repeat || (event.key === "Escape" && document.querySelector('[role="dialog"], [role="listbox"]'))) { return; }
    if (event.key === "Escape" && role() === ROOM && leave()) { event.stopPropagation(); }
    var what = (KEYS[role()] || {})[event.key.toLowerCase()];
    if (what) { act(what); }
  });
  /* Back, Next, the list of scenes and Exit are buttons of Streamlit, which does not see what is done here. */
  document.addEventListener("click", function (event) {
    var button = shown && event.target.closest && event.target.closest(".stButton button");
    if (!button) { return; }
    var listed = button.closest('[class*="st-key-scene-"]'), isCounted = order().length > 0;
    var by = button.closest(".st-key-present-right") ? 1 : button.closest(".st-key-present-left") ? -1 : 0;
    if (isCounted && listed) {
      want(/st-key-scene-(\S+)/.exec(listed.className)[1]);
    } else if (isCounted && by) {
      lead(by);
      document.body.click();  // shuts the list, as any click beside it does
    } else if (!button.closest(".st-key-present-exit") || !leave()) {
      return;
    }
    event.stopPropagation();
  }, true);
  root.addEventListener("click", function (event) {
    if (event.target.closest(".st-key-present-go")) { event.stopPropagation(); }  // no click of the reader's
  });
  document.addEventListener("click", function (event) {
    if (!shown || !event.target.closest) { return; }
    var pressed = event.target.closest("[data-present]");
    if (pressed) { act(pressed.dataset.present); }
    if (event.target.closest("[data-clock-resets]")) { begin(); tick(); }
  });
  /* Back to the page from which the presenter was started: false where its own address opened it, from
     which Streamlit leads to Home. */
  function leave() {
    var isStarted = Boolean(history.state && history.state.isLedTo);
    if (isStarted) { history.back(); }
    return isStarted;
  }

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
