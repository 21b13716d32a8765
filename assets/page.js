/* What the page does for itself, beside Streamlit: it follows links without loading the page anew,
   keeps one entry a page in the browser's history, opens and shuts its sheets, and changes between
   light and dark. */
(function () {
  "use strict";
  var root = document.documentElement;

  /* One entry a page. Streamlit adds one for every address that a script writes; what stays on the
     page (or in the presenter) takes the place of the entry before it instead. The state of an entry
     says that another of ours came before it. */
  function placeOf(address) {
    var url = new URL(address, location.href);
    return url.pathname + (url.searchParams.has("present") ? "#present" : "");
  }
  var push = history.pushState, replace = history.replaceState;
  history.replaceState = function (state, unused, address) { replace.call(history, history.state, unused, address); };
  history.pushState = function (state, unused, address) {
    var isSame = address === undefined || address === null || placeOf(address) === placeOf(location.href);
    if (isSame) { history.replaceState(state, unused, address); return; }
    push.call(history, { isLedTo: true }, unused, address);
  };

  /* A link in the page's own words to a view: Streamlit is told as if the reader had gone back to
     it. One to a section of a page is left to the browser, which goes to that section. */
  var VIEW = /^(\.\/|[a-z_]+)(\?[^#]*)?$/;
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".stHtml a[href]");
    var isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || !VIEW.test(link.getAttribute("href"))) { return; }
    if (!document.querySelector('[data-test-connection-state="CONNECTED"]')) { return; }
    event.preventDefault();
    var url = new URL(link.href);
    new URL(location.href).searchParams.forEach(function (value, name) {
      if (name.indexOf("embed") === 0) { url.searchParams.append(name, value); }
    });
    history.pushState(null, "", url);
    dispatchEvent(new PopStateEvent("popstate"));
  });

  /* Sheets: a button names what it opens; the root says which one is open, and the style sheet
     does the rest. */
  function describe() {
    var open = root.dataset.sheet;
    document.querySelectorAll("[data-opens]").forEach(function (button) {
      var is = String(button.dataset.opens === open);
      if (button.getAttribute("aria-expanded") !== is) { button.setAttribute("aria-expanded", is); }
    });
  }
  function mark() {
    document.querySelectorAll("[data-appearance]").forEach(function (button) {
      var is = String(button.dataset.appearance === appearance);
      if (button.getAttribute("aria-pressed") !== is) { button.setAttribute("aria-pressed", is); }
    });
  }
  function isSeen(of) { return of.getClientRects().length > 0; }
  function shut(gives) {
    var name = root.dataset.sheet;
    if (!name) { return; }
    delete root.dataset.sheet;
    describe();
    var button = document.querySelector('[data-opens="' + CSS.escape(name) + '"]');
    if (gives && button) { button.focus(); }
  }
  function open(name) {
    root.dataset.sheet = name;
    describe();
    var done = document.querySelector(".st-key-controls-sheet [data-shuts]");
    if (name === "controls" && done && isSeen(done)) { done.focus({ preventScroll: true }); }
  }
  var WITHIN = '.st-key-controls-sheet, .e-menu';
  function isWithin(on) {
    var bar = on.closest(".st-key-controls-folded"); // which is the sheet itself where its line says all
    return on.closest(WITHIN) || (bar && getComputedStyle(bar).position === "fixed");
  }
  document.addEventListener("click", function (event) {
    var on = event.target;
    if (!on.closest) { return; }
    var opener = on.closest("[data-opens]");
    var chosen = on.closest("[data-appearance]");
    if (chosen) { choose(chosen.dataset.appearance); }
    if (on.closest("[data-prints]")) { shut(true); window.print(); }
    if (root.dataset.sheet === "menu" && on.closest(".e-menu a")) { shut(false); return; }
    if (opener) {
      if (root.dataset.sheet === opener.dataset.opens) { shut(false); } else { open(opener.dataset.opens); }
    } else if (on.closest("[data-shuts]")) {
      shut(true);
    } else if (root.dataset.sheet && on.closest("#root") && on.isConnected && !isWithin(on)) {
      shut(false);
    }
  });
  document.addEventListener("keydown", function (event) {
    // A list that is open above the sheet takes the key first.
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector('[role="listbox"], [role="dialog"]')) { return; }
    var details = document.querySelector(".st-key-close-details button");
    if (root.dataset.sheet) { shut(true); } else if (details) { details.click(); }
  });
  /* A phone shows what was picked as a sheet at its foot: what was tapped moves clear of it. */
  var touched = null;
  document.addEventListener("pointerup", function (event) {
    touched = event.pointerType === "touch" && event.target.closest(".e-figure") ? event.clientY : null;
  }, true);
  function clear() {
    var sheet = touched !== null && document.querySelector(".st-key-timeline-details, .st-key-claim-details");
    if (!sheet || getComputedStyle(sheet).position !== "fixed") { return; }
    var over = touched - innerHeight / 2 + 80; // the sheet is still growing, up to half of the screen
    touched = null;
    if (over > 0) { document.querySelector('[data-testid="stMain"]').scrollBy(0, over); }
  }

  /* The slider of days names the stop that is pointed at. */
  document.addEventListener("pointermove", function (event) {
    var day = event.pointerType === "mouse" && event.target.closest && event.target.closest(".st-key-day");
    document.querySelectorAll(".e-days [data-near]").forEach(function (one) { one.removeAttribute("data-near"); });
    var days = day && day.querySelector(".e-days");
    if (!days) { return; }
    var box = days.getBoundingClientRect(), stops = days.children;
    var at = Math.round((event.clientX - box.left) / box.width * (stops.length - 1));
    if (stops[at]) { stops[at].setAttribute("data-near", ""); }
  }, { passive: true });

  /* Light, dark or as the system is. Streamlit reads the choice when it starts, and keeps one for each
     address; ours is one for all of them. */
  var CHOICE = "entente-appearance", THEME = "stActiveTheme-";
  function keep() {
    try {
      var chosen = localStorage.getItem(CHOICE);
      Object.keys(localStorage).forEach(function (key) {
        if (key.indexOf(THEME) === 0) { localStorage.removeItem(key); }
      });
      if (chosen) { localStorage.setItem(THEME + location.pathname + "-v2", JSON.stringify(chosen)); }
      return chosen || "System";
    } catch (refused) { return "System"; }
  }
  var appearance = keep();
  function choose(name) {
    try {
      if (name === "System") { localStorage.removeItem(CHOICE); } else { localStorage.setItem(CHOICE, name); }
    } catch (refused) { return; }
    keep();
    location.reload();
  }

  /* Of a server on this machine that is gone, Streamlit says how to start a program of another name. */
  var GONE = "Entente is not answering. Start it again, and this page carries on from here.";
  function reword() {
    var command = document.querySelector('[role="dialog"] [data-testid="stErrorCodeBlock"]');
    if (!command || command.hidden || command.textContent.indexOf("streamlit run") < 0) { return; }
    command.hidden = true;
    command.previousElementSibling.textContent = GONE;
  }

  /* Streamlit draws a button anew when the words beside it change. */
  document.addEventListener("DOMContentLoaded", function () {
    new MutationObserver(function () { describe(); mark(); clear(); reword(); }).observe(document.body, { childList: true, subtree: true });
  });
})();
