// Shows figures: in the app as a component of Streamlit, in the HTML file and the static edition
// through `window.ententeFigure`. A figure is drawn once it comes near the screen, one at a time,
// first what is on screen; before printing, all are. Where its marks can be picked, they answer to
// the mouse, to fingers and to keys. A map or a time axis that can be moved tells where it is
// looked at, its camera: how much it is enlarged and its middle, or its first and last day.
import { STILL, camera } from "./camera.js";
import { draw, isKept, keep } from "./drawings.js";
import { isOf, joinRow, keyOf, listMarks, nameOf, nearest, tell } from "./marks.js";

const NEAR = "50%", TAP_MS = 700, STEADY_MS = 200;
const CANNOT = "This figure can’t be drawn here. Its table shows the same data.";
const HOW_TO_PICK = "Arrow keys move between marks, Enter selects, Escape exits.";
const HOW_TO_MOVE = "Plus and minus zoom, Shift with arrow keys moves the view, 0 resets it.";
const BUTTONS = [["+", "+", "Zoom in"], ["-", "−", "Zoom out"], ["0", "Reset view", "Reset view"]];
const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const SVG = "http://www.w3.org/2000/svg";
const shown = new Set();
let waiting = [];

function add(parent, name, attributes) {
  const element = parent.namespaceURI === SVG || name === "svg" ? document.createElementNS(SVG, name) : document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
  return parent.appendChild(element);
}

/** One figure in its place. */
class Figure {
  constructor(where) {
    this.place = where;
    where.classList.add("e-figure");
    where.setAttribute("role", "figure");
    this.reach = add(where, "div", { class: "e-reach" });
    this.plot = add(this.reach, "div", { class: "e-plot" });
    this.rings = add(this.reach, "svg", { class: "e-rings", "aria-hidden": "true" });
    this.said = add(where, "p", { class: "e-told", role: "status" });
    this.listen();
    shown.add(this);
    near.observe(where);
    sizes.observe(where);
  }

  /** Shows what is given, at once or as soon as it comes near; nothing happens if it is the same. */
  show(given) {
    const isSame = this.given?.text === given.text;
    this.given = given;
    this.picked = given.picked;
    this.place.setAttribute("aria-label", given.alt);
    const how = [given.onPick && HOW_TO_PICK, given.onCamera && HOW_TO_MOVE].filter(Boolean).join(" ");
    const reads = { tabindex: "0", role: "application", "aria-label": how, "aria-roledescription": "interactive figure" };
    Object.entries(reads).forEach(([key, value]) => how ? this.reach.setAttribute(key, value) : this.reach.removeAttribute(key));
    if (isSame && this.isDrawn) {
      this.outline();
      if (this.canMove() && !this.tools) { this.addTools(); }
      if (!this.isMoving) { this.aim(given.camera); } // else the reader has moved on since it was told
      return;
    }
    this.isDrawn = false;
    if (this.isNear) { this.ask(); }
  }

  /** Buttons that zoom, for pointers; keys do it where the figure has the focus. */
  addTools() {
    this.tools = add(this.place, "div", { class: "e-camera" });
    BUTTONS.forEach(([key, sign, name]) => {
      const button = add(this.tools, "button", { type: "button", tabindex: "-1", "aria-label": name, title: name, "data-key": key });
      button.textContent = sign;
      button.addEventListener("click", () => this.turn({ key }));
    });
  }

  ask() {
    if (!this.given || this.isDrawn) { return; }
    this.place.dataset.state = "waiting";
    if (!waiting.includes(this) && waiting.push(this) === 1) { queueMicrotask(drawNext); } // all that ask at once, the nearest first
  }

  async draw() {
    const { given, plot: { offsetWidth, offsetHeight } } = this;
    try {
      const plot = await draw(given, offsetWidth, offsetHeight);
      if (given.text !== this.given.text || !shown.has(this)) { keep(plot); return; }
      this.put(plot);
      this.answer();
      this.isDrawn = true;
      this.days = Object.keys(plot._fullLayout).find((key) => /^xaxis\d*$/.test(key) && plot._fullLayout[key].type === "date");
      this.home = plot.home ??= this.look();
      if (this.canMove() && !this.tools) { this.addTools(); }
      await this.aim(this.given.camera);
      this.place.dataset.state = "drawn";
      this.refresh();
    } catch (error) {
      console.warn(error);
      this.put(Object.assign(document.createElement("div"), { className: "e-plot", textContent: CANNOT }));
      this.place.dataset.state = "failed";
    }
    this.place.dispatchEvent(new Event("drawn", { bubbles: true }));
  }

  /** Puts a drawing in the place of the one before. */
  put(plot) {
    const before = this.plot;
    before.replaceWith(plot);
    this.plot = plot;
    if (before.text) { keep(before); }
  }

  /** What Plotly says of the mouse. */
  answer() {
    const over = (mark) => {
      this.over = mark;
      this.place.classList.toggle("e-hand", Boolean(mark && this.given.onPick));
      this.outline();
    };
    this.plot.on("plotly_hover", ({ points: [{ customdata, hovertext, fullData }] }) => over(this.find(keyOf(customdata, hovertext ?? fullData.hovertext))));
    this.plot.on("plotly_unhover", () => over(null));
    this.plot.on("plotly_click", ({ points }) => { if (!this.wasTapped()) { this.pick(points[0].customdata); } });
    this.plot.on("plotly_afterplot", () => this.refresh());
    this.plot.on("plotly_relayout", () => this.moved());
  }

  /** What the browser says of fingers and keys. */
  listen() {
    let down;
    this.reach.addEventListener("pointerdown", (event) => { down = event; this.drag(event); }, true);
    this.reach.addEventListener("touchstart", (event) => this.pinch(event), { capture: true, passive: false });
    this.reach.addEventListener("click", (event) => { if (this.wasDragged) { event.stopPropagation(); } this.wasDragged = false; }, true);
    this.reach.addEventListener("pointerup", (event) => {
      const isTap = event.pointerType === "touch" && down?.pointerId === event.pointerId && event.timeStamp - down.timeStamp < TAP_MS
        && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < STILL;
      if (isTap && this.given.onPick && this.isDrawn) { this.tap(event); }
    }, true);
    this.reach.addEventListener("keydown", (event) => this.press(event));
    this.reach.addEventListener("blur", () => this.go(null));
  }

  wasTapped() { return performance.now() - (this.tapped ?? -Infinity) < TAP_MS; }

  /** Where a pointer is, in pixels of the figure. */
  spot({ clientX, clientY }) {
    const box = this.plot.getBoundingClientRect(), scale = box.width / this.plot.offsetWidth || 1;
    return [(clientX - box.x) / scale, (clientY - box.y) / scale];
  }

  tap(event) {
    const svg = this.rings, probe = add(svg, "path"), spot = svg.createSVGPoint();
    const mark = nearest(this.marks(), this.spot(event), (path, x, y) => {
      probe.setAttribute("d", path);
      Object.assign(spot, { x, y });
      return probe.isPointInFill(spot);
    });
    probe.remove();
    this.tapped = performance.now();
    this.go(mark);
    if (mark) { this.pick(mark.custom); }
  }

  press(event) {
    if (event.target !== this.reach || !this.isDrawn || event.ctrlKey || event.metaKey || event.altKey) { return; }
    const marks = this.given.onPick ? this.marks() : [], last = marks.length - 1;
    if (event.key in NEXT && marks.length && !event.shiftKey) {
      const at = this.at ? marks.findIndex((mark) => mark.key === this.at.key) : NEXT[event.key] > 0 ? -1 : last + 1;
      this.go(marks[Math.max(0, Math.min(last, at + NEXT[event.key]))]);
    } else if (event.key === "Enter" && this.at) { this.pick(this.at.custom); }
    else if (event.key === "Escape" && this.at) { this.go(null); }
    else if (!this.turn(event)) { return; }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Puts the ring around a mark, or around none, and says what it is. */
  go(mark) {
    this.at = mark;
    this.said.textContent = mark ? tell(mark.text) : "";
    this.outline();
  }

  pick(custom) {
    if (!this.given.onPick || !custom) { return; }
    this.picked = nameOf(custom).split(" ")[1];
    this.outline();
    this.given.onPick(custom);
  }

  marks() { return this.list ??= this.isDrawn ? listMarks(this.plot) : []; }

  find(key) { return this.marks().find((mark) => mark.key === key); }

  refresh() {
    this.list = null;
    if (!this.isDrawn) { return; }
    if (this.at) { this.at = this.find(this.at.key); }
    if (!this.at) { this.said.textContent = ""; }
    if (this.over) { this.over = this.find(this.over.key); }
    this.outline();
  }

  /** Draws rings: around what is picked, what the mouse is over, and where the keys are. */
  outline() {
    this.rings.replaceChildren();
    if (!this.isDrawn || !this.given.onPick) { return; }
    const picked = this.picked ? this.marks().filter((mark) => isOf(mark, this.picked)) : [];
    [["picked", joinRow(picked)], ["over", [this.over]], ["at", [this.at]]].forEach(([kind, marks]) => marks.filter(Boolean).forEach((mark) => {
      const group = add(this.rings, "g", { class: `e-ring-${kind}` });
      mark.areas.forEach(({ path }) => add(group, "path", { d: path }));
      mark.lines.forEach((line) => add(group, "path", { d: `M${line.join("L")}`, class: "e-ring-line" }));
      mark.points.forEach(([cx, cy]) => add(group, "circle", { cx, cy, r: 11 }));
    }));
  }

  /** Takes the size of its place once that has stood still: it often changes just before the figure does. */
  fit() {
    clearTimeout(this.fitting);
    this.fitting = setTimeout(() => {
      const drawn = this.isDrawn && this.plot._fullLayout, { offsetWidth: width, offsetHeight: height } = this.plot;
      if (drawn && width && height && (width !== drawn.width || height !== drawn.height)) { window.Plotly.relayout(this.plot, { width, height }); }
    }, STEADY_MS);
  }

  remove() {
    shown.delete(this);
    near.unobserve(this.place);
    sizes.unobserve(this.place);
    this.place.replaceChildren();
    if (this.plot.text) { keep(this.plot); }
  }

  distance() {
    const box = this.place.getBoundingClientRect();
    return Math.max(box.top - window.innerHeight, -box.bottom, 0);
  }
}

Object.assign(Figure.prototype, camera);

function find(where) { return [...shown].find((figure) => figure.place === where); }

const near = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
  const figure = find(target);
  if (!figure) { return; }
  figure.isNear = isIntersecting;
  if (isIntersecting) { figure.ask(); } else if (!figure.isDrawn) { target.dataset.state = "far"; }
}), { rootMargin: NEAR, scrollMargin: NEAR });

const sizes = new ResizeObserver((entries) => {
  if (!matchMedia("print").matches) { entries.forEach(({ target }) => find(target)?.fit()); }
});

async function drawNext() {
  waiting.sort((one, other) => one.distance() - other.distance());
  const [figure] = waiting, isNew = !figure.plot.text && !isKept(figure.given);
  await figure.draw();
  // Meanwhile it may have been given something else, and waits again.
  if (figure.place.dataset.state !== "waiting" || !shown.has(figure)) { waiting = waiting.filter((other) => other !== figure); }
  if (!waiting.length) { return; }
  if (isNew) { requestAnimationFrame(() => setTimeout(drawNext)); } else { drawNext(); } // a new one is painted first
}

window.addEventListener("beforeprint", () => shown.forEach((figure) => { if (!figure.isDrawn) { figure.draw(); } }));

/** Shows a figure in an element; what is given has `text`, `alt`, `bundle` and, maybe, `onPick`, `camera` and `onCamera`. */
window.ententeFigure = (where, given) => {
  const figure = find(where) || new Figure(where);
  figure.show(given);
  return figure;
};

/** What Streamlit calls when the element comes, and whenever what it shows has changed. */
export default function mount({ data, parentElement, setTriggerValue }) {
  const first = window.ententeFirst, { digest } = data;
  const where = parentElement.querySelector(".e-figure") || parentElement.appendChild(first?.take?.(digest) || document.createElement("div"));
  const figure = find(where) || new Figure(where);
  const show = (text) => figure.show({
    ...data, text, onPick: data.pick ? (mark) => setTriggerValue("pick", mark) : null,
    onCamera: data.move ? (camera) => setTriggerValue("camera", camera) : null,
  });
  figure.digest = digest;
  if (data.text) { show(data.text); } else {
    // The browser should have it; otherwise the app sends it.
    Promise.resolve(first?.find?.(digest)).then((text) => {
      if (!text) { setTriggerValue("missing", digest); } else if (figure.digest === digest) { show(text); }
    });
  }
  return () => { figure.remove(); where.remove(); };
}
