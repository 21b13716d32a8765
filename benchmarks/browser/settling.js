// Notes when a page has stopped changing after a press of the mouse. Runs before its own scripts.
//
// Quiet is counted in turns of the event loop and not by the clock: a long task is one turn,
// however long it takes, so a page that is busy drawing is not taken for one that has settled.
(() => {
  const TURN_MS = 50, QUIET_TURNS = 8;
  const STATE = "data-test-script-state";
  const all = { subtree: true, childList: true, attributes: true, characterData: true };
  const seen = {};
  const painted = new MessageChannel();
  let isFrameDue = false;

  const forget = () => Object.assign(seen, { pressed: null, shown: 0, turns: 0, asked: 0 });
  forget();

  // The message is handled after the frame in which the change is painted.
  painted.port1.onmessage = () => {
    isFrameDue = false;
    seen.shown = performance.now();
  };

  const observer = new MutationObserver(() => {
    seen.turns = 0;
    if (isFrameDue) return;
    isFrameDue = true;
    requestAnimationFrame(() => painted.port2.postMessage(null));
  });
  observer.observe(document, all);

  // What an element keeps in a tree of its own changes unseen from outside.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    observer.observe(root, all);
    return root;
  };

  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    seen.asked += 1;
    return send.call(this, message);
  };

  addEventListener("pointerdown", (event) => (seen.pressed ??= event.timeStamp), { capture: true });

  const isRunning = () => document.querySelector(`[${STATE}]`)?.getAttribute(STATE) !== "notRunning";

  window.settling = {
    forget,
    settled: () =>
      new Promise((resolve) => {
        const look = () => {
          seen.turns = isRunning() || isFrameDue ? 0 : seen.turns + 1;
          if (seen.turns < QUIET_TURNS) return setTimeout(look, TURN_MS);
          resolve({ ...seen });
        };
        look();
      }),
  };
})();
