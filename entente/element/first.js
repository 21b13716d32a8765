// What a page shows first, drawn while the app is still on its way: a headline and figures. The
// head of the page has asked for them (`window.ententeFirst`); the app’s own places take over the
// figures, drawn as they are, and the rest goes.
import "./figure.js";

const APP = '[data-testid="stMainBlockContainer"] h1', RUNNING = "data-test-script-state";
const WAIT_MS = 1000; // after which the app begins all the same
const places = new Map();
let over;

const given = Promise.resolve(window.ententeFirst)
  .then((answer) => answer?.status === 200 ? answer.json() : null)
  .catch((error) => { console.warn(error); return null; });

window.ententeFirst = {
  /** The text of a figure that the app names by its digest; null where the browser has not got it. */
  find: async (digest) => (await given)?.figures[digest]?.text ?? null,

  /** The place in which the figure stands already, drawn or about to be; nothing the second time. */
  take(digest) {
    const place = places.get(digest);
    places.delete(digest);
    if (place) { requestAnimationFrame(leave); }
    return place;
  },
};

function leave() {
  over?.remove();
  over = null;
}

/** Draws the view over the empty page; settled once a figure is drawn, or can’t be. */
function show({ page, html, figures }) {
  over = document.createElement("div");
  over.className = `stApp e-first e-first-page-${page}`;
  over.setAttribute("aria-hidden", "true");
  over.inert = true;
  over.innerHTML = html;
  document.body.append(over);
  over.querySelectorAll("[data-first]").forEach((where) => {
    const place = where.appendChild(document.createElement("div"));
    places.set(where.dataset.first, place);
    window.ententeFigure(place, figures[where.dataset.first]);
  });
  return new Promise((resolve) => { over.addEventListener("drawn", resolve, { once: true }); });
}

/** The app may show something else in the end, such as the faults of a dataset. */
function watch() {
  let hasRun = false;
  const seen = new MutationObserver(() => {
    const state = document.querySelector(`[${RUNNING}]`)?.getAttribute(RUNNING);
    hasRun ||= state === "running";
    if (!over || (hasRun && state === "notRunning")) { seen.disconnect(); leave(); }
  });
  seen.observe(document.body, { childList: true, subtree: true, attributeFilter: [RUNNING] });
}

/** The app’s own scripts keep the browser busy for a second: they run once the view is painted. */
function start() {
  const app = document.createElement("script");
  Object.assign(app, { type: "module", crossOrigin: "", src: document.querySelector('meta[name="app"]').content });
  document.head.append(app);
}

/** What comes in time, or nothing. */
function within(promise) {
  return Promise.race([promise, new Promise((resolve) => { setTimeout(resolve, WAIT_MS); })]);
}

const painted = given
  .then((view) => view && !document.querySelector(APP) && show(view))
  .then(() => new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve)); }))
  .catch(console.warn); // the app comes whatever happens here
within(given).then((view) => view && within(painted)).then(() => { start(); watch(); });
