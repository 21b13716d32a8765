// Shows figures: in the app as a component of Streamlit, in the HTML file and the static edition
// through `window.ententeFigure`. A figure is drawn once it comes near the screen, one at a time,
// first what is on screen; before printing, all are. Where its marks can be picked, they answer to
// the mouse, to fingers and to keys. A map or a time axis that can be moved tells where it is
// looked at, its camera: how much it is enlarged and its middle, or its first and last day.
const NEAR = "50%", REACH = 24, TAP_MS = 700, STILL = 10, STEP = 1.5, CLOSEST = 16, REST_MS = 300;
const CANNOT = "This figure cannot be drawn here. Its table says the same.";
const HOW = "Arrow keys go from mark to mark, Enter picks, Escape leaves.";
const ZOOM = { "+": STEP, "=": STEP, "-": 1 / STEP, 0: 0 };
const BUTTONS = [["+", "Enlarge"], ["-", "Make smaller"], ["0", "Reset view"]];
const NEXT = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const SVG = "http://www.w3.org/2000/svg";
const shown = new Set();
let waiting = [];

let library;
/** Plotly: the page's own, or fetched once from an address. */
function loadPlotly(address) {
  if (window.Plotly) { return window.Plotly; }
  library ??= new Promise((resolve, reject) => {
    const script = add(document.head, "script", { src: address });
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => { library = undefined; script.remove(); reject(new Error(`${address} has not come`)); });
  });
  return library;
}

// Outlines that the page has fetched ahead are handed to Plotly, which then need not wait for them.
const outlines = document.querySelector('link[rel="preload"][as="fetch"]')?.href;
if (outlines) {
  fetch(outlines).then((answer) => answer.json()).then((topology) => {
    const assets = window.PlotlyGeoAssets ??= { topojson: {} };
    assets.topojson[outlines.match(/([^/]+)\.json/)[1]] ??= topology;
  }).catch(console.warn);
}

function add(parent, name, attributes) {
  const element = parent.namespaceURI === SVG || name === "svg" ? document.createElementNS(SVG, name) : document.createElement(name);
  Object.entries(attributes || {}).forEach(([key, value]) => element.setAttribute(key, value));
  return parent.appendChild(element);
}

/** Plotly's markup as lines of plain text; nothing in it is ever run. */
function tell(markup) {
  const signs = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&" };
  return String(markup).replace(/<br\s*\/?>/g, "\n").replace(/<[^>]*>/g, "").replace(/&[#\w]+;/g, (sign) => signs[sign] || sign);
}

/** The name of what a point stands for: kind and ids, without what is behind it. */
function nameOf(mark) { return Array.isArray(mark) ? mark.slice(0, 2).join(" ") : ""; }

/** Whether an id is among those that a mark stands for. */
function isOf(mark, id) { return mark.name.split(" ").indexOf(id) > 0; }

/** Where a point of a trace is drawn, in pixels of the figure: a point, a box, or a path of its own. */
function place(plot, trace, point) {
  if (trace.type === "choropleth") {
    const path = [...plot.querySelectorAll(".choroplethlocation")].find((one) => one.__data__ === point);
    return path ? { path: path.getAttribute("d"), box: path.getBBox() } : {};
  }
  if (trace.type === "scattergeo") {
    const geo = plot._fullLayout[trace.geo]._subplot;
    const at = Number.isFinite(point.lonlat[0]) && !geo.projection.isLonLatOverEdges(point.lonlat) && geo.projection(point.lonlat);
    return at ? { at } : {};
  }
  const across = plot._fullLayout[trace.xaxis.replace("x", "xaxis")], down = plot._fullLayout[trace.yaxis.replace("y", "yaxis")];
  const spot = (x, y) => [across._offset + across.c2p(x), down._offset + down.c2p(y)];
  if (trace.type === "bar") {
    const size = [point.b, point.b + point.s], [one, other] = trace.orientation === "h"
      ? [spot(size[0], point.p0), spot(size[1], point.p1)] : [spot(point.p0, size[0]), spot(point.p1, size[1])];
    return { path: `M${one}H${other[0]}V${other[1]}H${one[0]}Z`, box: { x: Math.min(one[0], other[0]), y: Math.min(one[1], other[1]), width: Math.abs(one[0] - other[0]), height: Math.abs(one[1] - other[1]) } };
  }
  const at = spot(point.x, point.y);
  return Number.isFinite(at[0]) && Number.isFinite(at[1]) ? { at } : {};
}

/** The marks of a drawn figure in reading order: along the time or, on a map, along their names. */
function listMarks(plot) {
  const marks = new Map();
  plot.calcdata.forEach((points) => {
    const trace = points[0].trace;
    if (trace.visible !== true || !trace.customdata || trace.hoverinfo === "skip") { return; }
    const isLine = (trace.mode || "").includes("lines");
    points.forEach((point, i) => {
      const custom = trace.customdata[point.i ?? point.index ?? i], name = nameOf(custom), where = place(plot, trace, point);
      const text = Array.isArray(trace.hovertext) ? trace.hovertext[point.i ?? point.index ?? i] : trace.hovertext;
      if (!name || !text || !(where.at || where.path)) { return; }
      const mark = marks.get(name) || { name, custom, text, lines: [], points: [], areas: [] };
      marks.set(name, mark);
      if (where.path) { mark.areas.push(where); }
      else if (isLine && mark.line === trace) { mark.lines.at(-1).push(where.at); }
      else if (isLine) { mark.line = trace; mark.lines.push([where.at]); }
      else { mark.points.push(where.at); }
    });
  });
  const isMap = Boolean(plot._fullLayout._subplots.geo.length);
  const found = [...marks.values()];
  found.forEach((mark) => { mark.start = mark.points[0] || mark.areas[0] && [mark.areas[0].box.x, mark.areas[0].box.y] || mark.lines[0][0]; });
  return found.sort(isMap ? (a, b) => a.name.localeCompare(b.name) : (a, b) => a.start[0] - b.start[0] || a.start[1] - b.start[1]);
}

/** The mark nearest to a spot, within reach: first points, then lines, then areas that hold it. */
function nearest(marks, [x, y], holds) {
  const away = ([a, b]) => Math.hypot(a - x, b - y);
  const along = (line) => Math.min(...line.slice(1).map((end, i) => {
    const [a, b] = line[i], [c, d] = [end[0] - a, end[1] - b];
    const part = Math.max(0, Math.min(1, ((x - a) * c + (y - b) * d) / (c * c + d * d || 1)));
    return away([a + part * c, b + part * d]);
  }));
  const closest = (distance) => marks.map((mark) => [distance(mark), mark]).filter(([far]) => far <= REACH).sort((a, b) => a[0] - b[0])[0]?.[1];
  return closest((mark) => Math.min(Infinity, ...mark.points.map(away)))
    || closest((mark) => Math.min(Infinity, ...mark.lines.map(along)))
    || marks.find((mark) => mark.areas.some(({ path }) => holds(path, x, y)));
}

/** A camera as an address has it: numbers with two decimals, days as they are. */
function write(parts) { return parts.map((part) => typeof part === "number" ? Number(part.toFixed(2)) : part).join("_"); }

function isoDay(time) { return new Date(time).toISOString().slice(0, 10); }

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
    this.tools = add(where, "div", { class: "e-camera", hidden: "" });
    BUTTONS.forEach(([key, name]) => {
      const button = add(this.tools, "button", { type: "button", "aria-label": name, title: name, "data-key": key });
      button.textContent = { "+": "+", "-": "−", 0: name }[key];
      button.addEventListener("click", () => this.zoom(ZOOM[key]));
    });
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
    const reads = { tabindex: "0", role: "application", "aria-label": HOW, "aria-roledescription": "marks" };
    Object.entries(reads).forEach(([key, value]) => given.onPick ? this.reach.setAttribute(key, value) : this.reach.removeAttribute(key));
    if (isSame && this.isDrawn) { this.outline(); this.aim(given.camera); return; }
    this.isDrawn = false;
    if (this.isNear) { this.ask(); }
  }

  ask() {
    if (this.isDrawn || waiting.includes(this)) { return; }
    this.place.dataset.state = "waiting";
    if (waiting.push(this) === 1) { drawNext(); }
  }

  async draw() {
    const { text, bundle } = this.given;
    try {
      const Plotly = window.Plotly || await loadPlotly(bundle);
      const { data, layout, config } = JSON.parse(text);
      const isNew = !this.plot._fullLayout;
      if (isNew) { this.plot.replaceChildren(); }
      // The size is said, so that Plotly need not look for it, for which the page is styled anew.
      const { offsetWidth: width, offsetHeight: height } = this.plot;
      const still = layout.geo && { dragmode: false }; // Plotly would turn a map as it moves it
      await Plotly.react(this.plot, data, { ...layout, ...still, width, height }, config);
      if (text !== this.given.text || !shown.has(this)) { return; }
      if (isNew) { this.answer(); }
      this.isDrawn = true;
      this.days = Object.keys(this.plot._fullLayout).find((key) => /^xaxis\d*$/.test(key) && this.plot._fullLayout[key].type === "date");
      this.home = this.look();
      await this.aim(this.given.camera);
      this.place.dataset.state = "drawn";
      this.refresh();
    } catch (error) {
      console.warn(error);
      if (this.plot._fullLayout) { window.Plotly.purge(this.plot); }
      this.plot.textContent = CANNOT;
      this.place.dataset.state = "failed";
    }
  }

  /** What Plotly says of the mouse. */
  answer() {
    const over = (mark) => {
      this.over = mark;
      this.place.classList.toggle("e-hand", Boolean(mark && this.given.onPick));
      this.outline();
    };
    this.plot.on("plotly_hover", ({ points }) => over(this.find(nameOf(points[0].customdata))));
    this.plot.on("plotly_unhover", () => over(null));
    this.plot.on("plotly_click", ({ points }) => { if (!this.wasTapped()) { this.pick(points[0].customdata, points[0]); } });
    this.plot.on("plotly_afterplot", () => this.refresh());
    this.plot.on("plotly_relayouting", () => this.refresh());
    this.plot.on("plotly_relayout", () => this.moved());
  }

  /** What the browser says of fingers and keys. */
  listen() {
    let down;
    this.reach.addEventListener("pointerdown", (event) => { down = event; this.drag(event); }, true);
    this.reach.addEventListener("click", (event) => { if (this.wasDragged) { event.stopPropagation(); } this.wasDragged = false; }, true);
    this.reach.addEventListener("pointerup", (event) => {
      const isTap = down && event.pointerType === "touch" && event.timeStamp - down.timeStamp < TAP_MS
        && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < STILL;
      if (isTap && this.given.onPick && this.isDrawn) { this.tap(event); }
    }, true);
    this.reach.addEventListener("keydown", (event) => this.press(event));
    this.reach.addEventListener("blur", () => this.go(null));
  }

  wasTapped() { return performance.now() - (this.tapped ?? -Infinity) < TAP_MS; }

  tap(event) {
    const box = this.plot.getBoundingClientRect(), svg = this.rings, scale = box.width / this.plot.offsetWidth || 1;
    const probe = add(svg, "path"), spot = svg.createSVGPoint();
    const mark = nearest(this.marks(), [(event.clientX - box.x) / scale, (event.clientY - box.y) / scale], (path, x, y) => {
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
    const marks = this.marks(), last = marks.length - 1;
    if (event.key in NEXT && marks.length) {
      const at = this.at ? marks.findIndex((mark) => mark.name === this.at.name) : NEXT[event.key] > 0 ? -1 : last + 1;
      this.go(marks[Math.max(0, Math.min(last, at + NEXT[event.key]))]);
    } else if (event.key === "Enter" && this.at) { this.pick(this.at.custom); }
    else if (event.key === "Escape" && this.at) { this.go(null); }
    else if (event.key in ZOOM && this.given.move) { this.zoom(ZOOM[event.key]); }
    else { return; }
    event.preventDefault();
    event.stopPropagation();
  }

  /** Puts the ring around a mark, or around none, and says what it is. */
  go(mark) {
    this.at = mark;
    this.said.textContent = mark ? tell(mark.text) : "";
    this.outline();
  }

  pick(custom, point) {
    if (!this.given.onPick || !custom) { return; }
    this.picked = nameOf(custom).split(" ")[1];
    this.outline();
    this.given.onPick(custom, point);
  }

  marks() { return this.list ??= this.isDrawn ? listMarks(this.plot) : []; }

  find(name) { return this.marks().find((mark) => mark.name === name); }

  refresh() {
    this.list = null;
    if (this.at) { this.at = this.find(this.at.name); }
    if (this.over) { this.over = this.find(this.over.name); }
    this.outline();
  }

  /** Draws rings: around what is picked, what the mouse is over, and where the keys are. */
  outline() {
    this.rings.replaceChildren();
    if (!this.isDrawn || !this.given.onPick) { return; }
    const rings = [["picked", this.picked && this.marks().find((mark) => isOf(mark, this.picked))], ["over", this.over], ["at", this.at]];
    rings.filter(([, mark]) => mark).forEach(([kind, mark]) => {
      const group = add(this.rings, "g", { class: `e-ring-${kind}` });
      mark.areas.forEach(({ path }) => add(group, "path", { d: path }));
      mark.lines.forEach((line) => add(group, "path", { d: `M${line.join("L")}`, class: "e-ring-line" }));
      mark.points.forEach(([cx, cy]) => add(group, "circle", { cx, cy, r: 11 }));
    });
  }

  /** Where the figure is looked at, in numbers; nothing for one that has neither map nor days. */
  look() {
    const { geo, [this.days]: days } = this.plot._fullLayout;
    if (geo) { return [geo.projection.scale, geo.center.lon, geo.center.lat]; }
    return days ? days.range.map((day) => isoDay(days.r2l(day))) : null;
  }

  /** Looks there, or as the named view does. */
  async aim(camera) {
    const to = camera ? camera.split("_") : this.home;
    this.tools.hidden = !this.given.move || !to;
    this.place.classList.toggle("e-moved", Boolean(camera));
    if (!to || write(to) === write(this.look())) { return; }
    await window.Plotly.relayout(this.plot, this.plot._fullLayout.geo
      ? { "geo.projection.scale": +to[0], "geo.center.lon": +to[1], "geo.center.lat": +to[2] } : { [`${this.days}.range`]: [...to] });
  }

  /** Tells where the reader has moved to, once it rests. */
  moved() {
    clearTimeout(this.rest);
    if (!this.given.move || !this.home) { return; }
    const now = this.look(), isHome = write(now) === write(this.home), text = isHome ? "" : write(now);
    this.place.classList.toggle("e-moved", !isHome);
    this.rest = setTimeout(() => { if (text !== (this.given.camera || "")) { this.given.camera = text; this.given.onCamera(text); } }, REST_MS);
  }

  zoom(factor) {
    const now = this.look(), isMap = this.plot._fullLayout.geo;
    if (!factor || isMap && now[0] * factor <= 1) { this.aim(""); return; }
    if (isMap) { this.aim(write([Math.min(now[0] * factor, CLOSEST), now[1], now[2]])); return; }
    const [first, last] = now.map(Date.parse), half = (last - first) / 2 / factor, middle = (first + last) / 2;
    if (last - first >= this.home.map(Date.parse).reduce((from, to) => to - from) && factor < 1) { this.aim(""); return; }
    this.aim(write([middle - half, middle + half].map(isoDay)));
  }

  /** A map follows the pointer at once, a time axis when it is let go; a finger, once enlarged. */
  drag(start) {
    const { geo: { _subplot: geo } = {}, [this.days]: days } = this.isDrawn ? this.plot._fullLayout : {};
    if (!(geo || days) || !this.given.move || start.button || start.pointerType !== "mouse" && !this.place.classList.contains("e-moved")) { return; }
    const from = geo?.projection.translate(), range = days?.range.map(days.r2l), stop = new AbortController(), options = { signal: stop.signal };
    window.addEventListener("pointermove", (event) => {
      const by = [event.clientX - start.clientX, event.clientY - start.clientY];
      this.wasDragged ||= Math.hypot(...by) >= STILL;
      if (geo) {
        geo.projection.translate([from[0] + by[0], from[1] + by[1]]);
        geo.render(true);
        this.refresh();
      } else { this.to = range.map((day) => day - by[0] * (range[1] - range[0]) / days._length); }
    }, options);
    ["pointerup", "pointercancel"].forEach((end) => window.addEventListener(end, () => {
      stop.abort();
      if (!this.wasDragged) { return; }
      this.aim(write(geo ? [this.look()[0], ...geo.projection.invert(geo.midPt)] : this.to.map(isoDay)));
    }, options));
  }

  fit() {
    const drawn = this.isDrawn && this.plot._fullLayout;
    const { offsetWidth: width, offsetHeight: height } = this.plot;
    if (drawn && width && height && (width !== drawn.width || height !== drawn.height)) { window.Plotly.relayout(this.plot, { width, height }); }
  }

  remove() {
    shown.delete(this);
    near.unobserve(this.place);
    sizes.unobserve(this.place);
    if (this.isDrawn) { window.Plotly.purge(this.plot); }
    this.place.replaceChildren();
  }

  distance() {
    const box = this.place.getBoundingClientRect();
    return Math.max(box.top - window.innerHeight, -box.bottom, 0);
  }
}

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
  const [figure] = waiting;
  await figure.draw();
  waiting = waiting.filter((other) => other !== figure);
  if (waiting.length) { setTimeout(drawNext, 0); }
}

window.addEventListener("beforeprint", () => shown.forEach((figure) => { if (!figure.isDrawn) { figure.draw(); } }));

/** Shows a figure in an element; what is given has `text`, `alt`, `bundle` and, maybe, `onPick`. */
window.ententeFigure = (where, given) => {
  const figure = find(where) || new Figure(where);
  figure.show(given);
  return figure;
};

/** What Streamlit calls when the element comes, and whenever what it shows has changed. */
export default function ({ data, parentElement, setTriggerValue }) {
  const where = parentElement.querySelector(".e-figure") || add(parentElement, "div");
  const figure = window.ententeFigure(where, {
    ...data, onPick: data.pick ? (mark) => setTriggerValue("pick", mark) : null,
    onCamera: (camera) => setTriggerValue("camera", camera)
  });
  return () => { figure.remove(); where.remove(); };
}
